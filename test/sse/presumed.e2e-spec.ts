import {
  InMemoryBackplane,
  McpContext,
  McpRegistry,
  McpTool,
  McpToolType,
  requireCapabilities,
} from '@nestmcp/core';
import { nodes } from '../support/app/nodes.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { post, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, type RunningApp, startApp } from '../support/app/test-app.js';

const REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const CHANGED = 'notifications/tools/list_changed';

@McpToolType()
class Tools {
  @McpTool('Tell the revision')
  revision(ctx: McpContext): string {
    return String(ctx.peer.protocolVersion);
  }

  @McpTool('Need sampling')
  sample(ctx: McpContext): string {
    requireCapabilities(ctx.peer, { sampling: {} });
    return ctx.peer.clientInfo?.name ?? '';
  }

  @McpTool('Log at every level')
  chat(ctx: McpContext): string {
    ctx.log.debug('d');
    ctx.log.info('i');
    return 'chatted';
  }
}

const initialize = (protocolVersion: string) => ({
  jsonrpc: '2.0',
  id: 'init',
  method: 'initialize',
  params: {
    protocolVersion,
    capabilities: { sampling: {} },
    clientInfo: { name: 'again', version: '1' },
  },
});
interface Asked {
  readonly id: string | number;
  readonly method: string;
}
const call = async (wire: SseWire, id: string | number, name: string) =>
  wire.call(id, 'tools/call', { name });
const NEEDS_SAMPLING = { error: { data: { requiredCapabilities: { sampling: {} } } } };
const revision = (id: number) => ({
  id,
  method: 'tools/call',
  params: { name: 'revision' },
});
const text = (value: string) => ({ result: { content: [{ type: 'text', text: value }] } });

describe.each(PLATFORMS)('an HTTP+SSE session that is not initialized, on %s', (platform) => {
  let running: RunningApp;
  const wires: SseWire[] = [];

  beforeAll(async () => {
    running = await startApp({ platform, providers: [Tools] });
  });
  afterEach(() => {
    for (const wire of wires.splice(0)) wire.close();
  });
  afterAll(() => running.app.close());

  const open = async (headers?: Record<string, string>, url = running.url) => {
    const wire = await SseWire.open(new URL('/sse', url), headers);
    wires.push(wire);
    return wire;
  };
  const reopened = (version: string) => open({ 'mcp-protocol-version': version });

  it.each(REVISIONS.flatMap((named) => REVISIONS.map((wanted) => [named, wanted] as const)))(
    'and names %s when it opens its stream initializes with %s like any other',
    async (named, wanted) => {
      const wire = await reopened(named);
      await wire.post(initialize(wanted), { 'mcp-protocol-version': named });
      expect(await wire.answer('init')).toMatchObject({
        result: { protocolVersion: wanted, serverInfo: { name: 'test' } },
      });
      expect(await call(wire, 1, 'revision')).toMatchObject(text(wanted));
      expect(await call(wire, 2, 'sample')).toMatchObject(text('again'));
    },
  );

  it('is ready at once for a client that names its revision, without capabilities', async () => {
    const wire = await reopened('2025-06-18');
    expect(await call(wire, 1, 'revision')).toMatchObject(text('2025-06-18'));
    expect(await call(wire, 2, 'sample')).toMatchObject(NEEDS_SAMPLING);
  });

  it('is ready at once for a client that names no revision, with 2024-11-05', async () => {
    const wire = await open();
    expect(await call(wire, 1, 'revision')).toMatchObject(text('2024-11-05'));
    expect(await call(wire, 2, 'sample')).toMatchObject(NEEDS_SAMPLING);
    expect(await wire.call(3, 'tools/list')).toMatchObject({ result: { tools: [{}, {}, {}] } });
  });

  it('uses the header of the first request when the stream had none', async () => {
    const wire = await open();
    await wire.post(
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'revision' } },
      { 'mcp-protocol-version': '2025-03-26' },
    );
    expect(await wire.answer(1)).toMatchObject(text('2025-03-26'));
  });

  it.each(['1999-01-01', '2026-07-28', ''])(
    'presumes nothing from the header "%s"',
    async (version) => {
      const wire = await reopened(version);
      await wire.post(
        { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'revision' } },
        { 'mcp-protocol-version': version },
      );
      expect(await wire.answer(1)).toMatchObject(text('2024-11-05'));
    },
  );

  it('is overruled by initialize, once, after any calls', async () => {
    const wire = await open();
    expect(await call(wire, 1, 'revision')).toMatchObject(text('2024-11-05'));
    await wire.post(initialize('2025-11-25'));
    expect(await wire.answer('init')).toMatchObject({ result: { protocolVersion: '2025-11-25' } });
    expect(await call(wire, 2, 'revision')).toMatchObject(text('2025-11-25'));
    const again = { ...initialize('2025-03-26'), id: 'again' };
    await wire.post(again);
    expect(await wire.answer('again')).toMatchObject({ error: { code: -32600 } });
    expect(await call(wire, 3, 'revision')).toMatchObject(text('2025-11-25'));
  });

  it('continues unchanged after an initialize that was refused', async () => {
    const wire = await reopened('2025-06-18');
    expect(await wire.call('bad', 'initialize', {})).toMatchObject({ error: { code: -32602 } });
    expect(await call(wire, 1, 'revision')).toMatchObject(text('2025-06-18'));
    await wire.post(initialize('2025-11-25'));
    expect(await wire.answer('init')).toMatchObject({ result: {} });
  });

  it('starts with the first log level again when it initializes', async () => {
    const wire = await reopened('2025-06-18');
    await wire.call(1, 'logging/setLevel', { level: 'debug' });
    await call(wire, 2, 'chat');
    expect(wire.messages.filter(({ method }) => method !== undefined)).toHaveLength(2);
    await wire.post(initialize('2025-06-18'));
    await wire.answer('init');
    await call(wire, 3, 'chat');
    expect(wire.messages.filter(({ method }) => method !== undefined)).toHaveLength(3);
  });

  it('does not become ready for notifications before initialize', async () => {
    const early = await open();
    const late = await reopened('2025-06-18');
    await early.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    for (const wire of [early, late]) {
      await wire.post(initialize('2025-06-18'));
      await wire.answer('init');
    }
    const registry = running.app.get(McpRegistry);
    registry.disable('chat');
    registry.enable('chat');
    for (const wire of [early, late]) {
      await wire.call(1, 'ping');
      expect(wire.messages.map(({ method }) => method)).not.toContain(CHANGED);
      await wire.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
      await wire.call(2, 'ping');
    }
    registry.disable('chat');
    registry.enable('chat');
    for (const wire of [early, late])
      await wire.until(() => wire.messages.find(({ method }) => method === CHANGED));
  });

  it('is not ended by the initialization deadline once it has sent a request', async () => {
    const mcp = { limits: { initializeWithin: '100ms' as const } };
    const { app, url } = await startApp({ platform, providers: [Tools], mcp });
    const used = await open({}, url);
    await used.call(1, 'ping');
    const named = await open({ 'mcp-protocol-version': '2025-03-26' }, url);
    const told = await open({}, url);
    await told.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const silent = await open({}, url);
    await Promise.all([told.end(), silent.end()]);
    for (const wire of [used, named])
      expect(await call(wire, 2, 'revision')).toMatchObject({ result: {} });
    await app.close();
  });
});

describe.each(PLATFORMS)(
  'the presumed revision of a session, at several nodes on %s',
  (platform) => {
    const { start } = nodes();
    const wires: SseWire[] = [];
    afterEach(() => {
      for (const wire of wires.splice(0)) wire.close();
    });

    const options = { platform, providers: [Tools, ProbeTools] };
    const open = async (url: URL, headers?: Record<string, string>) => {
      const wire = await SseWire.open(new URL('/sse', url), headers);
      wires.push(wire);
      const { pathname, search } = await wire.endpoint();
      const ask = async (node: URL, message: Asked) => {
        await post(new URL(`${pathname}${search}`, node), { jsonrpc: '2.0', ...message });
        return wire.answer(message.id);
      };
      return { wire, ask };
    };

    it('is known to all nodes, and can be overruled at any', async () => {
      const [a, b, c] = [await start(options), await start(options), await start(options)];
      const { ask } = await open(a.url, { 'mcp-protocol-version': '2025-03-26' });
      expect(await ask(b.url, revision(1))).toMatchObject(text('2025-03-26'));
      expect(await ask(c.url, initialize('2025-11-25'))).toMatchObject({ result: {} });
      for (const [id, { url }] of [a, b, c].entries()) {
        expect(await ask(url, revision(10 + id))).toMatchObject(text('2025-11-25'));
        expect(await ask(url, { ...initialize('2025-03-26'), id: 20 + id })).toMatchObject({
          error: { code: -32600 },
        });
      }
    });

    it('keeps the session alive at the node that holds the stream, for a request to any node', async () => {
      const late = { ...options, mcp: { limits: { initializeWithin: '300ms' as const } } };
      const [a, b] = [await start(late), await start(late)];
      const { ask } = await open(a.url);
      expect(await ask(b.url, revision(1))).toMatchObject(text('2024-11-05'));
      const silent = await open(a.url);
      await silent.wire.end();
      expect(await ask(b.url, revision(2))).toMatchObject(text('2024-11-05'));
    });

    it('never replaces a negotiated revision when its record arrives late', async () => {
      const backplane = new InMemoryBackplane();
      const a = await start({ ...options, mcp: { backplane } });
      const { wire, ask } = await open(a.url, { 'mcp-protocol-version': '2025-03-26' });
      const id = (await wire.endpoint()).searchParams.get('sessionId') ?? '';
      const stale = await backplane.sessions.get(id);
      expect(stale?.record).toMatchObject({ isPresumed: true, protocolVersion: '2025-03-26' });
      await ask(a.url, initialize('2025-11-25'));
      if (stale) await backplane.sessions.put(stale.record, 60_000);
      await backplane.broadcast({ kind: 'changed', sid: id });
      await ask(a.url, { id: 'p', method: 'ping' });
      expect(await ask(a.url, revision(1))).toMatchObject(text('2025-11-25'));
      expect(await ask(a.url, { ...initialize('2025-03-26'), id: 2 })).toHaveProperty('error');
    });
  },
);
