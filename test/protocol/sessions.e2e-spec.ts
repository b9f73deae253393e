import { McpContext, McpRegistry, McpTool, McpToolType, requireCapabilities } from '@nestmcp/core';
import { LiveCalls } from '../../libs/core/src/session/live-calls.js';
import { deferred } from '../support/deferred.js';
import { HttpSession, initialize, postMcp, toolCall } from '../support/wire/http-session.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';
import { SESSION_REVISIONS } from '../support/wire/wires.js';

const CHANGED = 'notifications/tools/list_changed';
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };

@McpToolType()
class Tools {
  readonly free = deferred();

  @McpTool('Tell how far it is, and what happens')
  async told(ctx: McpContext): Promise<string> {
    await ctx.progress(1, 2);
    ctx.log.error('half');
    await this.free.promise;
    await ctx.progress(2, 2);
    return 'told';
  }

  @McpTool({ description: 'Take too long', timeout: '20ms' })
  async slow({ signal }: McpContext): Promise<string> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return 'too late';
  }

  @McpTool('Needs a client that can sample')
  needy({ peer }: McpContext): string {
    requireCapabilities(peer, { sampling: {} });
    return 'sampled';
  }

  @McpTool('Answer')
  quick(): string {
    return 'quick';
  }
}

const methodsOf = ({ messages }: SseWire): unknown[] =>
  messages.map(({ id, method }) => method ?? id);

/** The names of streams, which are the prefix of event ids. */
const streamsOf = ({ events }: SseWire) => new Set(events.map(({ id = '' }) => id.split('_')[0]));

describe.each(PLATFORMS)('a session on %s', (platform) => {
  const { start } = harness(platform);
  const wires: SseWire[] = [];

  afterEach(() => {
    for (const wire of wires.splice(0)) wire.close();
  });

  const opened = async (wire: Promise<SseWire>): Promise<SseWire> => {
    wires.push(await wire);
    return wire;
  };

  it('sends call messages on the stream of the call, other messages on its own, and nothing twice', async () => {
    const { app, url } = await start({ providers: [Tools] });
    const session = await HttpSession.open(url);
    const own = await opened(session.get());
    await own.until(() => own.events[0]);
    const posts = await Promise.all(
      ['a', 'b'].map((id) =>
        opened(session.stream(toolCall(id, 'told', {}, { progressToken: id }))),
      ),
    );
    await Promise.all(posts.map((post) => post.until(() => post.messages[1])));
    app
      .get(McpRegistry)
      .tool('more')
      .handle(() => 'more');
    await own.until(() => own.messages[0]);
    app.get(Tools).free.resolve();
    await Promise.all(posts.map((post) => post.end()));
    expect(await session.call('p', 'ping')).toMatchObject({ id: 'p', result: {} });
    app.get(McpRegistry).remove('more');
    await own.until(() => own.messages[1]);

    for (const [index, post] of posts.entries())
      expect(methodsOf(post)).toEqual([
        'notifications/progress',
        'notifications/message',
        'notifications/progress',
        ['a', 'b'][index],
      ]);
    expect(methodsOf(own)).toEqual([CHANGED, CHANGED]);
    for (const { response } of [own, ...posts])
      expect(response.headers['content-type']).toContain('text/event-stream');
    const ids = [own, ...posts].flatMap(({ events }) => events.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const streams = [own, ...posts].map(streamsOf);
    expect(streams.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(new Set(streams.flatMap((names) => [...names])).size).toBe(3);
  });

  it('is notified of list changes only after notifications/initialized', async () => {
    const { app, url } = await start({ providers: [Tools] });
    const registry = app.get(McpRegistry);
    const { headers } = await postMcp(url, initialize());
    const id = { 'mcp-session-id': String(headers['mcp-session-id']) };
    const own = await opened(SseWire.open(new URL('/mcp', url), id));
    const sse = await opened(SseWire.open(new URL('/sse', url)));
    await sse.post(initialize());
    await sse.answer('init');
    registry.tool('early').handle(() => 1);
    await postMcp(url, INITIALIZED, id);
    await sse.post(INITIALIZED);
    registry.tool('late').handle(() => 2);
    for (const wire of [own, sse]) {
      await wire.until(() => wire.messages.find(({ method }) => method === CHANGED));
      await sse.call(`p${wires.indexOf(wire)}`, 'ping');
      expect(methodsOf(wire).filter((method) => method === CHANGED)).toHaveLength(1);
    }
  });

  it('continues after refused requests and timeouts', async () => {
    const { url } = await start({ providers: [Tools] });
    const session = await HttpSession.open(url);
    expect(await session.call(1, 'tools/call', { name: 'needy' })).toMatchObject({
      error: { data: { requiredCapabilities: { sampling: {} } } },
    });
    expect(await session.call(2, 'tools/call', { name: 'slow' })).toMatchObject({
      result: { isError: true },
    });
    expect(await session.post(INITIALIZED, { 'mcp-protocol-version': '1999-01-01' })).toMatchObject(
      { status: 400 },
    );
    expect(await postMcp(url, initialize('1999-01-01'))).toMatchObject({ status: 200 });
    expect(await session.call(3, 'tools/call', { name: 'quick' })).toMatchObject({
      result: { content: [{ text: 'quick' }] },
    });
  });

  it.each(SESSION_REVISIONS)('of %s accepts anything in _meta', async (version) => {
    const { url } = await start({ providers: [Tools] });
    const session = await HttpSession.open(url, { version });
    const prefix = 'io.modelcontextprotocol/';
    for (const meta of [
      { 'com.example/unknown': { deep: [null] } },
      { [`${prefix}future`]: 1, [`${prefix}related-task`]: 'none', traceparent: 5 },
      { [`${prefix}clientInfo`]: null, [`${prefix}clientCapabilities`]: [] },
    ])
      expect(await session.call(1, 'tools/call', { name: 'quick', _meta: meta })).toMatchObject({
        result: { content: [{ text: 'quick' }] },
      });
  });

  it('sends comments on every idle stream, at the configured interval', async () => {
    const mcp = { transports: { streamableHttp: { keepAlive: '20ms' as const } } };
    const { app, url } = await start({ providers: [Tools], mcp });
    const session = await HttpSession.open(url);
    const own = await opened(session.get());
    const posted = await opened(session.stream(toolCall('t', 'told', {}, { progressToken: 1 })));
    for (const wire of [own, posted])
      await wire.until(() => (wire.raw.split(': keep-alive').length > 3 ? true : undefined));
    app.get(Tools).free.resolve();
    await posted.end();
    expect(posted.messages.at(-1)).toMatchObject({ id: 't', result: {} });
  });

  it('replaces a response by an error when the unread stream has no space for it', async () => {
    const { app, url } = await start({ providers: [ProbeTools] });
    const session = await HttpSession.open(url, { version: '2025-03-26' });
    const ids = Array.from({ length: 12 }, (_, id) => id);
    const counted = toolCall('c', 'count', { to: 1 }, { progressToken: 1 });
    const huge = ids.map((id) => toolCall(id, 'huge', { length: 4e6 }));
    // A client that reads nothing for a second is disconnected. On a loaded machine, the clock must wait for it.
    jest.useFakeTimers();
    const stuck = await opened(session.stream([counted, ...huge]));
    stuck.response.pause();
    const calls = app.get(LiveCalls, { strict: false });
    while (calls.size > 0) await new Promise((resolve) => setImmediate(resolve));
    stuck.response.resume();
    await stuck.end();
    jest.useRealTimers();
    const answers = stuck.messages.filter(({ id }) => typeof id === 'number');
    expect(answers.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b))).toEqual(ids);
    const refused = answers.filter(({ error }) => error !== undefined);
    expect(refused.length).toBeGreaterThan(ids.length / 2);
    for (const { error } of refused)
      expect(error).toMatchObject({ code: -32603, message: expect.stringMatching(/not sent/) });
    expect(await session.call('alive', 'ping')).toMatchObject({ result: {} });
  });

  it('has an id of 128 random bits, in visible ASCII', async () => {
    const { url } = await start({ providers: [Tools] });
    const ids = new Set<string>();
    const ones = Array.from({ length: 128 }, () => 0);
    for (let nth = 0; nth < 100; nth++) {
      const { id } = await HttpSession.open(url);
      expect(id).toMatch(/^[\x21-\x7E]{22}$/);
      ids.add(id);
      for (const [byte, value] of Buffer.from(id, 'base64url').entries())
        for (let bit = 0; bit < 8; bit++)
          ones[byte * 8 + bit] = (ones[byte * 8 + bit] ?? 0) + ((value >> bit) & 1);
    }
    expect(ids.size).toBe(100);
    // A fair bit is outside of these bounds once in 10^15 times.
    expect(ones.filter((count) => count < 10 || count > 90)).toEqual([]);
    expect(ones).toHaveLength(128);
  });

  it('is never sent a cancellation, neither for a call that it cancelled nor for one that timed out', async () => {
    const { app, url } = await start({ providers: [Tools], mcp: { drain: '50ms' } });
    const session = await HttpSession.open(url);
    const own = await opened(session.get());
    const sse = await opened(SseWire.open(new URL('/sse', url)));
    await sse.initialize();
    const posted = await opened(session.stream(toolCall('t', 'told', {}, { progressToken: 1 })));
    await posted.until(() => posted.messages[0]);
    await sse.post(toolCall('t', 'told', {}, { progressToken: 1 }));
    await sse.until(() => sse.messages[1]);
    const cancelled = { ...INITIALIZED, method: 'notifications/cancelled' };
    for (const post of [
      async (message: object) => session.post(message),
      async (message: object) => sse.post(message),
    ])
      await post({ ...cancelled, params: { requestId: 't' } });
    await posted.end();
    await sse.call('s', 'tools/call', { name: 'slow' });
    await session.call('s', 'tools/call', { name: 'slow' });
    app.get(Tools).free.resolve();
    await app.close();
    await Promise.all([own.end(), sse.end()]);
    for (const wire of [own, sse, posted])
      expect(methodsOf(wire)).not.toContain('notifications/cancelled');
  });
});
