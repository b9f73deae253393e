import { Module } from '@nestjs/common';
import { McpModule, runStdio } from '@nestmcp/core';
import { EveryClientTools } from './every-client.tools.js';

@Module({
  imports: [McpModule.forRoot({ name: 'every-client', version: '1.0.0' })],
  providers: [EveryClientTools],
})
class AppModule {}

void runStdio(AppModule);
