import 'reflect-metadata';
import type { AddressInfo, Server } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { McpModule } from '@nestmcp/core';
import { ProbeTools } from '../fixtures/probe.tools.js';

/** The server of a load test, in a process of its own: tells its port, then its memory whenever it is asked. */
@Module({
  imports: [McpModule.forRoot({ name: 'load', version: '1.0.0' })],
  providers: [ProbeTools],
})
class LoadModule {}

async function serve(): Promise<void> {
  const app =
    process.argv[3] === 'fastify'
      ? await NestFactory.create(LoadModule, new FastifyAdapter(), { logger: false })
      : await NestFactory.create<NestExpressApplication>(LoadModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  process.on('message', () => void tell());
  process.send?.({ port });
}

/** What was let go of is gone after several rounds: buffers go when their objects have gone. */
async function tell(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.send?.({ memory: process.memoryUsage() });
}

void serve();
