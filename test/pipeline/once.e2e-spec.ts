import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { McpExecutionContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { HttpSession, postMcp, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
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

@McpToolType()
class GateTools {
  gate = deferred();

  @McpTool({ concurrency: { limit: 1, queue: 0 } })
  async wait(): Promise<void> {
    await this.gate.promise;
  }

  @McpTool()
  routed(@Param('region', { header: 'Region' }) region: string): string {
    return region;
  }
}

describe.each(PLATFORMS)('a guard that runs once, on %s', (platform) => {
  let running: RunningApp;
  let wire: SseWire;
  const guard = new CountingGuard();

  beforeAll(async () => {
    running = await startApp({
      platform,
      providers: [GateTools],
      mcp: { once: [CountingGuard], limits: { inFlight: 2 } },
      configure: (app) => app.useGlobalGuards(guard),
    });
    wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
  });

  afterAll(async () => {
    running.app.get(GateTools).gate.resolve();
    wire.close();
    await running.app.close();
  });

  beforeEach(() => guard.asked.splice(0));

  const call = (id: string, name = 'wait') =>
    wire.post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });

  it('is asked once for each call, however the call ends', async () => {
    await call('runs');
    await wire.post({ jsonrpc: '2.0', method: 'no/such/notification' });
    expect(guard.asked).toEqual(['tool', 'route']);
  });

  it('is asked once for the first request of a client that does not initialize again', async () => {
    const again = await SseWire.open(new URL('/sse', running.url));
    await again.endpoint();
    guard.asked.splice(0);
    await again.post(toolCall('first', 'routed', { region: 'eu' }));
    expect(guard.asked).toEqual(['tool']);
    await again.answer('first');
    again.close();
  });

  it.each([
    ['an unknown tool', () => call('unknown', 'nobody')],
    ['an id that is still running', () => call('runs')],
    ['a tool that is busy', () => call('busy')],
  ])('is asked on the route for %s, for which tools never ask it', async (_, send) => {
    await send();
    expect(guard.asked).toEqual(['route']);
  });

  const routed = (headers = {}) =>
    postStateless(running.url, {
      method: 'tools/call',
      params: { name: 'routed', arguments: { region: 'eu' } },
      headers,
    });

  it('is asked once for each call without a session', async () => {
    expect(await routed({ 'mcp-param-region': 'eu' })).toMatchObject({ status: 200 });
    expect(guard.asked).toEqual(['tool']);
  });

  it.each([
    ['is missing', {}],
    ['has another value', { 'mcp-param-region': 'us' }],
  ])('is asked on the route for a call whose header %s', async (_, headers) => {
    expect(await routed(headers)).toMatchObject({ status: 400 });
    expect(guard.asked).toEqual(['route']);
  });

  it('is asked on the route for a call to a session of another transport', async () => {
    const session = await HttpSession.open(running.url);
    guard.asked.splice(0);
    expect((await session.post(toolCall(1, 'routed', { region: 'eu' }))).status).toBe(200);
    expect(guard.asked.splice(0)).toEqual(['tool']);
    const [, id = ''] = wire.events[0]?.data.split('sessionId=') ?? [];
    const headers = { 'mcp-session-id': id };
    expect((await postMcp(running.url, toolCall(1, 'routed'), headers)).status).toBe(404);
    expect(guard.asked).toEqual(['route']);
  });
});
