// Runs in a process of its own, to separate its memory from the memory of its clients.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { McpContext, McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { SessionRegistry } from '../../../libs/core/src/session/session.registry.js';

/** The memory of the process, after a collection. */
export interface Kept {
  readonly bytes: number;
  readonly sessions: number;
  readonly cpuMs: number;
  /** The running calls of `deaf`. */
  readonly running: number;
}

let running = 0;

@McpToolType()
class Tools {
  @McpTool()
  echo(): string {
    return 'x';
  }

  /** Ignores its signal. */
  @McpTool({ timeout: '10m' })
  async deaf(ctx: McpContext): Promise<string> {
    running++;
    const { signal } = ctx;
    // A separate timer holds it, as for a tool that polls.
    await new Promise((resolve) =>
      setInterval(() => running < 0 && resolve(signal.reason), 60_000),
    );
    return 'never';
  }
}

const guard = {
  canActivate(context: {
    switchToHttp(): { getRequest(): { headers: { user?: string }; user?: unknown } };
  }) {
    const asking = context.switchToHttp().getRequest();
    if (asking.headers.user !== undefined) asking.user = { sub: asking.headers.user };
    return true;
  },
};

@Module({
  imports: [McpModule.forRoot({ name: 'crowd', version: '1.0.0', drain: '1s' })],
  providers: [Tools, { provide: APP_GUARD, useValue: guard }],
})
class AppModule {}

async function serve(): Promise<void> {
  const app =
    process.argv[3] === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false })
      : await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  const sessions = app.get(SessionRegistry, { strict: false });
  process.on('message', () => {
    for (let round = 0; round < 3; round++) globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send?.({
      bytes: heapUsed + external,
      sessions: sessions.size,
      cpuMs: (user + system) / 1_000,
      running,
    } satisfies Kept);
  });
  process.send?.(await app.getUrl());
}

void serve();
