import { Module } from '@nestjs/common';
import { McpModule } from '@nestmcp/core';
import { EchoTools } from './echo/echo.tools.js';

@Module({
  imports: [McpModule.forRoot({ name: 'echo-demo', version: '0.0.0' })],
  providers: [EchoTools],
})
export class AppModule {}
