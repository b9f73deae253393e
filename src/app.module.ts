import { Module } from '@nestjs/common';
import { McpModule } from '@nestmcp/core';
import { ClockModule } from './clock/clock.module.js';
import { EchoTools } from './echo/echo.tools.js';
import { OrdersModule } from './orders/orders.module.js';
import { PageModule } from './page/page.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { SettingsService } from './settings/settings.service.js';

@Module({
  imports: [
    SettingsModule,
    ClockModule,
    OrdersModule,
    PageModule,
    McpModule.forRootAsync({
      imports: [SettingsModule],
      inject: [SettingsService],
      useFactory: ({ allowedHosts, allowedOrigins }: SettingsService) => ({
        name: 'echo-demo',
        version: '0.0.0',
        allowedHosts,
        allowedOrigins,
      }),
    }),
  ],
  providers: [EchoTools],
})
export class AppModule {}
