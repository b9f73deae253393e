import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { McpExecutionContext, McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { map, type Observable } from 'rxjs';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, type RunningApp, startApp } from '../support/app/test-app.js';

@Injectable()
class CountingGuard implements CanActivate {
  readonly asked: string[] = [];

  canActivate(context: ExecutionContext): boolean {
    this.asked.push(McpExecutionContext.isMcp(context) ? 'tool' : 'route');
    return true;
  }
}

/** Would corrupt every frame of a transport that it could see. */
class WrapInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

@McpToolType({ server: ['default', 'admin', 'open'] })
class EchoTools {
  @McpTool()
  hi(): string {
    return 'hi';
  }
}

describe.each(PLATFORMS)('global enhancers of several servers, on %s', (platform) => {
  let running: RunningApp;
  const guard = new CountingGuard();
  const wires: Record<string, SseWire> = {};
  const paths = { default: '/sse', admin: '/admin/sse', open: '/open/sse' };

  beforeAll(async () => {
    const identity = { name: 'x', version: '1' };
    running = await startApp({
      platform,
      mcp: { once: [CountingGuard] },
      imports: [
        McpModule.forRoot({ ...identity, server: 'admin', path: 'admin', once: [CountingGuard] }),
        McpModule.forRoot({ ...identity, server: 'open', path: 'open' }),
      ],
      providers: [EchoTools],
      configure: (app) => {
        app.useGlobalGuards(guard);
        app.useGlobalInterceptors(new WrapInterceptor());
      },
    });
    for (const [name, path] of Object.entries(paths)) {
      const wire = await SseWire.open(new URL(path, running.url));
      await wire.initialize();
      wires[name] = wire;
    }
  });

  afterAll(async () => {
    for (const wire of Object.values(wires)) wire.close();
    await running.app.close();
  });

  beforeEach(() => guard.asked.splice(0));

  const call = async (server: string, tool: string): Promise<Record<string, unknown>> => {
    const wire = wires[server];
    if (wire === undefined) throw new Error(`no wire to ${server}`);
    return wire.call(tool, 'tools/call', { name: tool });
  };

  it.each([
    ['default', ['tool']],
    ['admin', ['tool']],
    ['open', ['route', 'tool']],
  ])('a guard that %s names, or not, is asked about a call on: %j', async (server, asked) => {
    await call(server, 'hi');
    expect(guard.asked).toEqual(asked);
  });

  it('a guard is asked on the route of a server for a tool that the server does not have', async () => {
    for (const server of ['default', 'admin']) await call(server, 'nobody');
    expect(guard.asked).toEqual(['route', 'route']);
  });

  it.each(Object.keys(paths))(
    'an interceptor applies to tools of %s, but not to frames',
    async (server) => {
      await expect(call(server, 'hi')).resolves.toMatchObject({
        result: { content: [{ text: '{"data":"hi"}' }] },
      });
    },
  );
});
