import 'reflect-metadata';
import type { AddressInfo, Server } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { McpModule } from '@nestmcp/core';
import { ProbeTools } from '../fixtures/probe.tools.js';

/** The server of a load test, in a process of its own. It sends its port, and then its memory on each request. */
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

/** Released memory is collected after several rounds: buffers follow their objects. */
async function tell(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.send?.({ memory: process.memoryUsage() });
}

void serve();
