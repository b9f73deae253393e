// The application under load, in a process of its own: node run-ts.cjs app.process.ts express|fastify DRAIN
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { McpModule } from '@nestmcp/core';
import { BodyQuota } from '../../libs/core/src/transports/http/quotas/body-quota.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';

const [, , , platform, drain] = process.argv;

/** Returns no verdict for requests with the header that asks for that. */
@Injectable()
class NeverGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<{ headers: object }>();
    return 'x-wait' in headers ? new Promise<boolean>(() => undefined) : true;
  }
}

@Module({
  imports: [
    McpModule.forRoot({ name: 'loaded', version: '1', guards: [NeverGuard], drain: Number(drain) }),
  ],
  providers: [ProbeTools],
})
class AppModule {}

/** The overhead in Node for chunks that are read before anything counts enough of them. */
async function plainServer(): Promise<string> {
  const server = createServer((request, response) => {
    let chunks = 0;
    request.on('data', () => {
      if (++chunks !== 4_097) return;
      request.pause();
      request.socket.pause();
      response.writeHead(400, { Connection: 'close', 'Content-Length': 0 }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * The largest memory that this process ever had, in bytes. Linux passes `maxRSS` on from the process that started
 * this one, which under Jest is the larger of the two. The high-water mark starts anew.
 */
function peakBytes(): number {
  try {
    const [, kibibytes] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kibibytes !== undefined) return Number(kibibytes) * 1_024;
  } catch {
    // The platform is not Linux.
  }
  return process.resourceUsage().maxRSS * 1_024;
}

async function serve(): Promise<void> {
  const app =
    platform === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false })
      : await NestFactory.create(AppModule, { logger: false });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    globalThis.gc?.();
    const { held } = app.get(BodyQuota, { strict: false });
    const usage = { rss: process.memoryUsage.rss(), peak: peakBytes(), held };
    process.send?.({ ...usage, cpuMs: (user + system) / 1_000 });
  });
  process.send?.({ url: await app.getUrl(), plainUrl: await plainServer() });
}

void serve();
