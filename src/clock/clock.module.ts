import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ClockClientService } from './clock-client.service.js';
import { ClockController } from './clock.controller.js';
import { ClockService } from './clock.service.js';
import { ClockTools } from './clock.tools.js';

@Module({
  // A proxy from the environment cannot reach the loopback address of this machine.
  imports: [HttpModule.register({ proxy: false, timeout: 5_000 })],
  controllers: [ClockController],
  providers: [ClockService, ClockClientService, ClockTools],
})
export class ClockModule {}
