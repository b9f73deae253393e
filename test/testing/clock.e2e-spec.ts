import { promisify } from 'node:util';
import type { INestApplication } from '@nestjs/common';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { type FakeClock, fakeClock, McpTestClient } from '@nestmcp/testing';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { type Platform, PLATFORMS, startApp } from '../support/app/test-app.js';

@McpToolType()
class SlowTools {
  @McpTool({ timeout: '55s' })
  async render(ctx: McpContext): Promise<never> {
    return new Promise((_, reject) =>
      ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason as Error)),
    );
  }

  @McpTool()
  quick(): string {
    return 'done';
  }
}

describe.each(PLATFORMS)('an application on %s, on a fake clock', (platform) => {
  let clock: FakeClock;
  let app: INestApplication;
  let url: URL;

  const start = async (on: Platform = platform): Promise<void> => {
    ({ app, url } = await startApp({ platform: on, providers: [SlowTools] }));
  };

  beforeEach(() => {
    clock = fakeClock();
  });

  afterEach(async () => {
    await app.close();
    clock.restore();
  });

  it('ends a call after its 55 seconds, while other calls are answered', async () => {
    await start();
    const client = await McpTestClient.connect(app);
    const call = client.callTool(SlowTools, 'render');
    await clock.untilSet('55s');
    await clock.advance('54s');
    await client.callTool(SlowTools, 'quick').expectText('done');
    await clock.advance(1_000);
    await call.expectError("Tool 'render' timed out after 55 s");
    await client.close();
  });

  it('ends a session that was idle for 30 minutes, and no session with an open stream', async () => {
    await start();
    const streaming = await McpTestClient.over(app, 'streamable-http');
    const initialize = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'idle', version: '1' },
      },
    };
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    const mcp = new URL('/mcp', url);
    const opened = await fetch(mcp, { method: 'POST', headers, body: JSON.stringify(initialize) });
    const session = opened.headers.get('mcp-session-id') ?? '';
    await opened.text();
    const statusOfPing = async (): Promise<number> => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'ping' });
      const own = { ...headers, 'mcp-session-id': session };
      const { status } = await fetch(mcp, { method: 'POST', headers: own, body });
      return status;
    };
    await expect(statusOfPing()).resolves.toBe(200);
    await clock.advance('29m');
    expect(sessionsOf(app).size).toBe(2);
    await clock.advance('4m');
    expect(sessionsOf(app).size).toBe(1);
    await expect(statusOfPing()).resolves.toBe(404);
    await streaming.callTool(SlowTools, 'quick').expectText('done');
    await streaming.close();
  });

  it('sends a keep-alive every 15 seconds', async () => {
    await start();
    const wire = await SseWire.open(new URL('/sse', url));
    await wire.endpoint();
    const comments = (): number => [...wire.raw.matchAll(/^:/gm)].length;
    const before = comments();
    await clock.advance('45s');
    await wire.until(() => (comments() >= before + 3 ? true : undefined));
    expect(comments()).toBe(before + 3);
    wire.close();
  });
});

describe('a fake clock', () => {
  let clock: FakeClock;
  const realTimeout = globalThis.setTimeout;
  const realDate = globalThis.Date;

  beforeEach(() => {
    clock = fakeClock();
  });

  afterEach(() => clock.restore());

  it('stands still until it is advanced, and is the only clock', async () => {
    const begin = clock.now;
    const ticks = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    expect([Date.now(), Number(new Date()), performance.now()]).toEqual([begin, begin, ticks]);
    await clock.advance('1.5s');
    expect([Date.now(), Number(new Date()), performance.now() - ticks]).toEqual([
      begin + 1_500,
      begin + 1_500,
      1_500,
    ]);
    expect(new Date(0)).toBeInstanceOf(realDate);
    expect(new Date('2026-01-31').toISOString()).toBe('2026-01-31T00:00:00.000Z');
    expect(Date()).toBe(new realDate(begin + 1_500).toString());
  });

  it('fires timers in order, each at its time, including those that timers set', async () => {
    const begin = clock.now;
    const fired: [string, number][] = [];
    const note = (name: string): void => void fired.push([name, clock.now - begin]);
    setTimeout(note, 30, 'late');
    setTimeout(() => setTimeout(note, 15, 'later'), 10);
    const every = setInterval(note, 20, 'every');
    const cleared = setTimeout(note, 5, 'cleared');
    clearTimeout(cleared);
    const refreshed = setTimeout(note, 20, 'refreshed').unref();
    await clock.advance(10);
    refreshed.refresh();
    await clock.advance(40);
    clearInterval(every);
    await clock.advance('1h');
    expect(fired).toEqual([
      ['every', 20],
      ['later', 25],
      ['late', 30],
      ['refreshed', 30],
      ['every', 40],
    ]);
  });

  it('also runs promises', async () => {
    const waited = promisify(setTimeout)(1_000, 'value');
    await clock.untilSet('1s');
    await clock.advance('1s');
    await expect(waited).resolves.toBe('value');
  });

  it('does not affect earlier timers, and restores the real clock', async () => {
    clock.restore();
    const before = setTimeout(() => undefined, 1_000_000);
    clock = fakeClock();
    clearTimeout(before);
    expect(() => fakeClock()).toThrow('faked already');
    expect(globalThis.setTimeout).not.toBe(realTimeout);
    clock.restore();
    expect([globalThis.setTimeout, globalThis.Date]).toEqual([realTimeout, realDate]);
    clock = fakeClock();
  });

  it('refuses an invalid duration', async () => {
    await expect(clock.advance('1 day' as '1s')).rejects.toThrow('"1 day" is not a duration');
  });
});
