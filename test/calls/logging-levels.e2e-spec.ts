import type { INestApplication } from '@nestjs/common';
import { type LogLevel, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import {
  type Asked,
  HttpSession,
  SESSION_REVISIONS,
  sseWire,
  StatelessWire,
  type Wire,
} from '../support/wire/wires.js';

const LEVELS = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const satisfies readonly LogLevel[];

@McpToolType()
class Tools {
  late: McpContext | undefined;

  @McpTool('Log once at every level')
  speak(ctx: McpContext): string {
    for (const level of LEVELS) ctx.log[level](`said at ${level}`);
    this.late = ctx;
    return 'spoken';
  }

  @McpTool('Log a lot')
  chatter(@Param('count', { type: 'integer' }) count: number, ctx: McpContext): string {
    for (let each = 0; each < count; each++) ctx.log.error(each);
    return 'spoken';
  }

  @McpTool('Log what cannot be sent')
  oddities(ctx: McpContext): string {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    ctx.log.error(circle);
    ctx.log.error({ big: 1n, failure: new Error('boom') });
    ctx.log.error({ toJSON: () => circle.self === circle && JSON.parse('{') });
    return 'spoken';
  }
}

const logged = (messages: readonly Record<string, unknown>[]): unknown[] =>
  messages.filter(({ method }) => method === 'notifications/message').map(({ params }) => params);

const levelsOf = (messages: readonly Record<string, unknown>[]): unknown[] =>
  logged(messages).map((params) => (params as { level: unknown }).level);

async function spoken(wire: Wire, id: number, meta: object = {}): Promise<Asked> {
  const asked = await wire.ask(id, 'tools/call', { name: 'speak', _meta: meta });
  expect(await asked.answer()).toMatchObject({ result: { content: [{ text: 'spoken' }] } });
  return asked;
}

const SESSIONS = SESSION_REVISIONS.flatMap((version) => [
  ['HTTP+SSE', version, async (url: URL) => sseWire(url, version)] as const,
  ...(version === '2024-11-05'
    ? []
    : [['Streamable HTTP', version, async (url: URL) => HttpSession.begin(url, version)] as const]),
]);

describe.each(PLATFORMS)('log messages on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  const wires: Wire[] = [];

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [Tools] }));
  });
  afterEach(() => wires.splice(0).forEach((wire) => wire.close()));
  afterAll(() => app.close());

  async function opened<Kind extends Wire>(wire: Kind | Promise<Kind>): Promise<Kind> {
    const open = await wire;
    wires.push(open);
    return open;
  }

  describe.each(SESSIONS)('over %s, %s', (_, __, open) => {
    it('are sent from info on, before the response, until the client sets a level', async () => {
      const asked = await spoken(await opened(open(url)), 1);
      expect(levelsOf(asked.messages())).toEqual(LEVELS.slice(1));
      expect(logged(asked.messages())[0]).toEqual({
        level: 'info',
        logger: 'speak',
        data: 'said at info',
      });
      expect(asked.messages().at(-1)).toMatchObject({ id: 1 });
    });

    it.each(LEVELS)('are sent from %s on when the client sets it', async (level) => {
      const wire = await opened(open(url));
      const set = await wire.ask(1, 'logging/setLevel', { level });
      expect(await set.answer()).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
      const asked = await spoken(wire, 2);
      expect(levelsOf(asked.messages())).toEqual(LEVELS.slice(LEVELS.indexOf(level)));
    });

    it.each([['Error'], ['warn'], [''], [3], [null], [undefined]])(
      'are refused for the level %p',
      async (level) => {
        const wire = await opened(open(url));
        const set = await wire.ask(1, 'logging/setLevel', { level });
        expect(await set.answer()).toMatchObject({ id: 1, error: { code: -32_602 } });
        expect(levelsOf((await spoken(wire, 2)).messages())).toEqual(LEVELS.slice(1));
      },
    );

    it('depend on the level of each session', async () => {
      const [quiet, loud] = [await opened(open(url)), await opened(open(url))];
      await (await quiet.ask(1, 'logging/setLevel', { level: 'emergency' })).answer();
      await (await loud.ask(1, 'logging/setLevel', { level: 'debug' })).answer();
      const [few, all] = await Promise.all([spoken(quiet, 2), spoken(loud, 2)]);
      expect(levelsOf(few.messages())).toEqual(['emergency']);
      expect(levelsOf(all.messages())).toEqual(LEVELS);
    });

    it('ignore the level in the _meta of a request', async () => {
      const meta = { 'io.modelcontextprotocol/logLevel': 'emergency' };
      const asked = await spoken(await opened(open(url)), 1, meta);
      expect(levelsOf(asked.messages())).toEqual(LEVELS.slice(1));
    });

    it('are not sent after the response', async () => {
      const wire = await opened(open(url));
      const asked = await spoken(wire, 1);
      const before = asked.messages().length;
      app.get(Tools).late?.log.emergency('late');
      const ping = await wire.ask(2, 'ping');
      await ping.answer();
      expect(logged(ping.messages()).concat(logged(asked.messages()))).not.toContainEqual(
        expect.objectContaining({ data: 'late' }),
      );
      expect(asked.messages().length).toBeLessThanOrEqual(before + 1);
    });
  });

  describe('over Streamable HTTP, 2026-07-28', () => {
    it('are not sent when a request sets no level', async () => {
      const asked = await spoken(await opened(new StatelessWire(url)), 1);
      expect(asked.messages()).toHaveLength(1);
    });

    it.each(LEVELS)('are sent from %s on when the request sets it', async (level) => {
      const wire = await opened(new StatelessWire(url));
      const asked = await spoken(wire, 1, { 'io.modelcontextprotocol/logLevel': level });
      expect(levelsOf(asked.messages())).toEqual(LEVELS.slice(LEVELS.indexOf(level)));
      expect(levelsOf((await spoken(wire, 2)).messages())).toEqual([]);
    });

    it('are refused for any level but those eight', async () => {
      const wire = await opened(new StatelessWire(url));
      const meta = { 'io.modelcontextprotocol/logLevel': 'Error' };
      const reader = await wire.posted(1, 'tools/call', { name: 'speak', _meta: meta });
      expect(await reader.ended()).toMatchObject([{ id: 1, error: { code: -32_602 } }]);
    });
  });

  it('are dropped and counted when there are too many; the result is still sent', async () => {
    const wire = await opened(HttpSession.begin(url));
    const params = { name: 'chatter', arguments: { count: 500 } };
    const asked = await wire.ask(1, 'tools/call', params);
    await asked.answer();
    const messages = logged(asked.messages());
    const { data } = messages.at(-1) as { data: string };
    const [, dropped = 'none'] = /^(\d+) log messages were dropped/.exec(data) ?? [];
    expect(messages.length - 1 + Number(dropped)).toBe(500);
    expect(Number(dropped)).toBeGreaterThan(400);
  });

  it('replace values that JSON does not have by text, without an error', async () => {
    const wire = await opened(HttpSession.begin(url));
    const asked = await wire.ask(1, 'tools/call', { name: 'oddities' });
    expect(await asked.answer()).toMatchObject({ result: { content: [{ text: 'spoken' }] } });
    expect(logged(asked.messages()).map((params) => (params as { data: unknown }).data)).toEqual([
      { self: '[circular]' },
      { big: '1', failure: 'boom' },
      '[not loggable]',
    ]);
  });

  it('are declared as a capability', async () => {
    const wire = await opened(new StatelessWire(url));
    const reader = await wire.posted(1, 'server/discover');
    expect(await reader.ended()).toMatchObject([{ result: { capabilities: { logging: {} } } }]);
  });
});
