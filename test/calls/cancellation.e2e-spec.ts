import type { INestApplication } from '@nestjs/common';
import { InMemoryBackplane, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import * as fc from 'fast-check';
import { changed } from '../support/app/broken-backplanes.js';
import { deferred } from '../support/deferred.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import {
  type Asked,
  HttpSession,
  type Message,
  SESSION_REVISIONS,
  sseWire,
  StatelessWire,
  type Wire,
} from '../support/wire/wires.js';

const IDS = [0, 7, -1, '', '0', 'a-string', 9_007_199_254_740_991];

@McpToolType()
class Tools {
  /** The signals of the calls of `wait`, in the order of arrival. */
  readonly waiting: AbortSignal[] = [];
  /** The signals of the calls of `race`, by number. */
  readonly racing = new Map<number, AbortSignal>();
  private changed = (): void => undefined;
  private free: Promise<void> = Promise.resolve();

  @McpTool('Wait until nobody waits for the answer')
  async wait(ctx: McpContext): Promise<string> {
    const { signal } = ctx;
    this.waiting.push(signal);
    this.changed();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    this.changed();
    await ctx.progress(1);
    ctx.log.error('too late');
    return 'too late';
  }

  @McpTool('Answer after so many turns of the event loop')
  async race(
    @Param('number', { type: 'integer' }) number: number,
    @Param('turns', { type: 'integer' }) turns: number,
    ctx: McpContext,
  ): Promise<string> {
    this.racing.set(number, ctx.signal);
    for (let turn = 0; turn < turns; turn++) await ctx.progress(turn);
    return 'raced';
  }

  @McpTool('Begin a stream, and answer when it is free')
  async begin(ctx: McpContext): Promise<string> {
    this.waiting.push(ctx.signal);
    await ctx.progress(1);
    await this.free;
    return 'begun';
  }

  hold(): () => void {
    const { promise, resolve } = deferred();
    this.free = promise;
    return resolve;
  }

  /** Resolves when the condition holds. It is checked whenever a call arrives or is aborted. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => (this.changed = resolve));
  }
}

const SESSIONS = SESSION_REVISIONS.flatMap((version) => [
  ['HTTP+SSE', version, async (url: URL) => sseWire(url, version)] as const,
  ...(version === '2024-11-05'
    ? []
    : [['Streamable HTTP', version, async (url: URL) => HttpSession.begin(url, version)] as const]),
]);

/** Invalid or late cancellations that a client may send. */
const MEANINGLESS = [
  {},
  { requestId: null },
  { requestId: 1.5 },
  { requestId: { id: 1 } },
  { requestId: 'unknown' },
  { requestId: 404, reason: 5 },
];

const ping = async (wire: Wire, id: string | number): Promise<unknown> =>
  (await wire.ask(id, 'ping')).answer();

describe.each(PLATFORMS)('cancellation, and ping, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  const wires: Wire[] = [];

  beforeEach(async () => {
    ({ app, url } = await startApp({ platform, providers: [Tools], mcp: { drain: '50ms' } }));
  });
  afterEach(async () => {
    wires.splice(0).forEach((wire) => wire.close());
    await app.close();
  });

  async function opened<Kind extends Wire>(wire: Kind | Promise<Kind>): Promise<Kind> {
    const open = await wire;
    wires.push(open);
    return open;
  }

  describe.each(SESSIONS)('over %s, %s', (_, __, open) => {
    it.each(IDS)('ends the call with id %p without a response, and frees the id', async (id) => {
      const wire = await opened(open(url));
      const tools = app.get(Tools);
      const params = { name: 'wait', _meta: { progressToken: id } };
      const asked = await wire.ask(id, 'tools/call', params);
      await tools.until(() => tools.waiting.length === 1);
      await wire.tell('notifications/cancelled', { requestId: id, reason: 'enough' });
      await tools.until(() => tools.waiting[0]?.aborted === true);
      expect(tools.waiting[0]?.reason).toEqual(new Error('The client cancelled the call: enough'));
      await ping(wire, 'behind');
      expect(asked.messages().filter((message) => message.id === id || message.method)).toEqual([]);
      expect(await ping(wire, id)).toEqual({ jsonrpc: '2.0', id, result: {} });
    });

    it('distinguishes ids of different types', async () => {
      const wire = await opened(open(url));
      const tools = app.get(Tools);
      await wire.ask(1, 'tools/call', { name: 'wait' });
      await tools.until(() => tools.waiting.length === 1);
      await wire.tell('notifications/cancelled', { requestId: '1' });
      await ping(wire, 2);
      expect(tools.waiting[0]?.aborted).toBe(false);
    });

    it('of an unknown, finished or malformed call does nothing', async () => {
      const wire = await opened(open(url));
      const tools = app.get(Tools);
      await wire.ask(1, 'tools/call', { name: 'wait' });
      await tools.until(() => tools.waiting.length === 1);
      await ping(wire, 2);
      for (const params of [...MEANINGLESS, { requestId: 2 }])
        await wire.tell('notifications/cancelled', params);
      await wire.tell('notifications/cancelled');
      expect(await ping(wire, 3)).toEqual({ jsonrpc: '2.0', id: 3, result: {} });
      expect(tools.waiting.map(({ aborted }) => aborted)).toEqual([false]);
    });

    it('affects only calls of its own session', async () => {
      const [mine, other] = [await opened(open(url)), await opened(open(url))];
      const tools = app.get(Tools);
      await mine.ask(1, 'tools/call', { name: 'wait' });
      await tools.until(() => tools.waiting.length === 1);
      await other.tell('notifications/cancelled', { requestId: 1 });
      await ping(other, 2);
      expect(tools.waiting[0]?.aborted).toBe(false);
    });

    it('answers a ping, and only a ping, with an empty result', async () => {
      const wire = await opened(open(url));
      expect(await ping(wire, 'p')).toEqual({ jsonrpc: '2.0', id: 'p', result: {} });
    });
  });

  it('answers a ping before initialize when there is a session', async () => {
    const wire = await opened(sseWire(url, undefined));
    expect(await ping(wire, 0)).toEqual({ jsonrpc: '2.0', id: 0, result: {} });
  });

  it('does not know ping without sessions', async () => {
    const reader = await (await opened(new StatelessWire(url))).posted(1, 'ping');
    expect(reader.status).toBe(404);
    expect(await reader.ended()).toMatchObject([{ id: 1, error: { code: -32_601 } }]);
  });

  it('is not triggered by closing the POST of a session; GET resumes a stream that had begun', async () => {
    const session = await opened(HttpSession.begin(url));
    const tools = app.get(Tools);
    const free = tools.hold();
    const params = { name: 'begin', _meta: { progressToken: 1 } };
    const posted = await session.posted({ id: 1, method: 'tools/call', params });
    const { id = '' } = await posted.until(() => posted.events.find(({ data }) => data !== ''));
    posted.close();
    await ping(session, 2);
    free();
    expect(await (await session.resumed(id)).ended()).toEqual([
      { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'begun' }] } },
    ]);
    expect(tools.waiting[0]?.aborted).toBe(false);
  });

  it('is triggered by closing the POST without a session, once there is a stream, within 100 ms', async () => {
    const wire = await opened(new StatelessWire(url));
    const tools = app.get(Tools);
    tools.hold();
    const params = { name: 'begin', _meta: { progressToken: 1 } };
    const posted = await wire.posted(1, 'tools/call', params);
    await posted.until(() => posted.messages[0]);
    const [signal] = tools.waiting;
    const aborted = new Promise((resolve) => signal?.addEventListener('abort', resolve));
    const left = performance.now();
    posted.close();
    await aborted;
    expect(performance.now() - left).toBeLessThan(100);
  });

  it('is triggered by closing the POST without a session, before the response, within 100 ms', async () => {
    const wire = await opened(new StatelessWire(url));
    const tools = app.get(Tools);
    const leaving = new AbortController();
    const posted = wire.posted(1, 'tools/call', { name: 'wait' }, leaving.signal);
    const failure = posted.catch((error: unknown) => error);
    await tools.until(() => tools.waiting.length === 1);
    const left = performance.now();
    leaving.abort();
    await tools.until(() => tools.waiting[0]?.aborted === true);
    expect(performance.now() - left).toBeLessThan(100);
    expect(await failure).toMatchObject({ name: 'AbortError' });
  });
});

describe('cancelling initialize', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
  });

  it('has no effect', async () => {
    const { promise: mayPut, resolve: put } = deferred();
    const { promise: isPutting, resolve: putting } = deferred();
    const backplane = changed(new InMemoryBackplane(), ({ sessions }) => ({
      sessions: {
        ...sessions,
        put: async (...record) => {
          putting();
          await mayPut;
          return sessions.put(...record);
        },
      },
    }));
    const { app, url } = await startApp({ providers: [Tools], mcp: { backplane } });
    const wire = await sseWire(url, undefined);
    ends.push(
      async () => app.close(),
      async () => Promise.resolve(wire.close()),
    );
    const asked = await wire.ask('i', 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    });
    await isPutting;
    await wire.tell('notifications/cancelled', { requestId: 'i' });
    await (await wire.ask(1, 'ping')).answer();
    put();
    expect(await asked.answer()).toMatchObject({ result: { protocolVersion: '2025-11-25' } });
  });
});

/** The number of responses for each id, and the tokens of messages after the response. */
function countedIn(messages: readonly Message[]) {
  const answers = new Map<unknown, number>();
  const behind: unknown[] = [];
  for (const { id, params } of messages) {
    const { progressToken } = (params ?? {}) as { progressToken?: unknown };
    if (id !== undefined) answers.set(id, (answers.get(id) ?? 0) + 1);
    else if (answers.has(progressToken)) behind.push(progressToken);
  }
  return { answers, behind };
}

const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls and their cancellation, in any order', () => {
  it('have one response, or none when cancelled early enough', async () => {
    const { app, url } = await startApp({ providers: [Tools] });
    const wire = await sseWire(url, '2025-11-25');
    const { racing } = app.get(Tools);
    let last = 0;
    const all: Asked[] = [];
    const raced = async (turns: number, wait: number): Promise<void> => {
      const number = ++last;
      const args = { number, turns };
      const params = { name: 'race', arguments: args, _meta: { progressToken: number } };
      const asked = wire.ask(number, 'tools/call', params);
      for (let waited = 0; waited < wait; waited++) await turn();
      await wire.tell('notifications/cancelled', { requestId: number });
      all.push(await asked);
    };
    const few = fc.nat({ max: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(few, few), { minLength: 10, maxLength: 10 }),
        async (races) => {
          await Promise.all(races.map(async ([turns, wait]) => raced(turns, wait)));
        },
      ),
      { numRuns: 100 },
    );
    await (await wire.ask('last', 'ping')).answer();
    expect(last).toBe(1_000);
    const { answers, behind } = countedIn(all[0]?.messages() ?? []);
    expect(behind).toEqual([]);
    let cancelled = 0;
    for (let number = 1; number <= last; number++) {
      const inTime = racing.get(number)?.aborted !== false;
      cancelled += inTime ? 1 : 0;
      expect([number, answers.get(number) ?? 0]).toEqual([number, inTime ? 0 : 1]);
    }
    expect(cancelled).toBeGreaterThan(0);
    expect(cancelled).toBeLessThan(last);
    wire.close();
    await app.close();
  });
});
