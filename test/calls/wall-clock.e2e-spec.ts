import type { INestApplication } from '@nestjs/common';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { type FakeClock, fakeClock } from '@nestmcp/testing';
import { ACCEPT, HttpSession, request, toolCall } from '../support/wire/http-session.js';
import { deferred } from '../support/deferred.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { jumpWallClock } from '../support/app/wall-clock.js';

const HOUR = 3_600_000;

@McpToolType()
class SteadyTools {
  readonly calls: McpContext[] = [];
  /** Resolves when two calls run. */
  readonly running = deferred();

  @McpTool()
  async work(ctx: McpContext): Promise<void> {
    if (this.calls.push(ctx) === 2) this.running.resolve();
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
  }
}

describe.each(PLATFORMS)('a jump of the wall clock, on %s,', (platform) => {
  let clock: FakeClock;
  let app: INestApplication;
  let url: URL;
  let goBack: (() => void) | undefined;

  beforeEach(async () => {
    clock = fakeClock();
    ({ app, url } = await startApp({
      platform,
      providers: [SteadyTools],
      mcp: { limits: { bodyWithin: '20s' } },
    }));
  });

  afterEach(async () => {
    goBack?.();
    await app.close();
    clock.restore();
  });

  const jump = (milliseconds: number): void => {
    goBack?.();
    goBack = jumpWallClock(milliseconds);
  };

  it.each([HOUR, -HOUR])('neither ends a call early nor lets it run longer: %i ms', async (by) => {
    const session = await HttpSession.open(url);
    const sse = await SseWire.open(new URL('/sse', url));
    await sse.initialize();
    const { calls, running } = app.get(SteadyTools);
    const answer = session.post(toolCall(1, 'work'));
    await sse.post(toolCall(2, 'work'));
    await running.promise;
    const areAborted = () => calls.map(({ signal }) => signal.aborted);
    for (const step of [1, 2]) {
      jump(step === 1 ? by : -by);
      for (const call of calls) await call.progress(step);
      await clock.advance('54s');
      expect(areAborted()).toEqual([false, false]);
    }
    await clock.advance('1s');
    expect(areAborted()).toEqual([true, true]);
    expect((await answer).body).toContain('timed out after 55 s');
    expect(JSON.stringify(await sse.answer(2))).toContain('timed out after 55 s');
    sse.close();
  });

  it.each([HOUR, -HOUR])('neither ends a session early nor keeps it longer: %i ms', async (by) => {
    const session = await HttpSession.open(url);
    jump(by);
    await clock.advance('29m');
    expect(await session.call(1, 'ping')).toMatchObject({ result: {} });
    jump(-by);
    await clock.advance('29m');
    expect(await session.call(2, 'ping')).toMatchObject({ result: {} });
    await clock.advance('34m');
    expect(await session.post(request(3, 'ping'))).toMatchObject({ status: 404 });
  });

  it.each([HOUR, -HOUR])('neither refuses a body nor waits longer for it: %i ms', async (by) => {
    const inTime = await slowBody(url);
    await clock.untilSet('20s');
    jump(by);
    await clock.advance('19s');
    await inTime.finish();
    expect(await inTime.answer).toMatchObject({ status: 200 });
    const late = await slowBody(url);
    await clock.untilSet('20s');
    jump(-by);
    await clock.advance('20s');
    expect(await late.answer).toMatchObject({ status: 408 });
  });
});

/** A request whose body has begun, and ends when the test ends it. */
async function slowBody(url: URL) {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'slow', version: '1' },
    },
  });
  const headers = { ...ACCEPT, 'content-type': 'application/json', 'content-length': body.length };
  const sending = httpRequest(new URL('/mcp', url), { method: 'POST', headers, agent: false });
  const answer = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    sending.on('error', reject).on('response', async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
  });
  await new Promise((resolve) => sending.write(body.slice(0, 10), resolve));
  return {
    answer,
    finish: () => new Promise<void>((resolve) => sending.end(body.slice(10), resolve)),
  };
}
