import { McpRegistry } from '@nestmcp/core';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import {
  call,
  STATELESS,
  SUBSCRIPTION,
  type StdioWire,
  stdioHarness,
  subscriptionOf,
  textOf,
} from '../support/wire/stdio-wire.js';

const changesOf = (wire: StdioWire): unknown[] =>
  wire.messages
    .filter(({ method }) => method === 'notifications/tools/list_changed')
    .map(subscriptionOf);

describe('the stdio transport', () => {
  const start = stdioHarness();

  describe.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('for %s', (revision) => {
    it('initializes, lists and calls', async () => {
      const wire = await start({ providers: [ProbeTools] });
      expect(await wire.initialize(revision)).toMatchObject({
        result: {
          protocolVersion: revision,
          serverInfo: { name: 'test', version: '1.2.3' },
          capabilities: { tools: { listChanged: true } },
        },
      });
      const { tools } = (await wire.request(0, 'tools/list')).result as { tools: object[] };
      expect(tools).toContainEqual(expect.objectContaining({ name: 'echo' }));
      expect(textOf(await wire.request('', 'tools/call', call('echo', { input: 'ö – 😀' })))).toBe(
        'ö – 😀',
      );
      expect(await wire.request(3, 'nothing/here')).toMatchObject({ error: { code: -32601 } });
      expect(await wire.request(4, 'logging/setLevel', { level: 'error' })).toMatchObject({
        result: {},
      });
    });
  });

  it('has one session, which begins with initialize, once', async () => {
    const wire = await start({ providers: [ProbeTools] });
    expect(await wire.request(1, 'tools/list')).toMatchObject({ error: { code: -32600 } });
    expect(await wire.request(2, 'ping')).toMatchObject({ result: {} });
    await wire.initialize();
    expect(await wire.request(3, 'initialize', { protocolVersion: '2025-11-25' })).toMatchObject({
      error: { code: -32600 },
    });
  });

  it('answers 2026-07-28 without a session, with results of that revision', async () => {
    const wire = await start({ providers: [ProbeTools] });
    expect(await wire.statelessRequest(1, 'server/discover')).toMatchObject({
      result: {
        resultType: 'complete',
        supportedVersions: expect.arrayContaining(['2026-07-28', '2024-11-05']) as unknown,
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'test' } },
      },
    });
    const answer = await wire.statelessRequest(
      2,
      'tools/call',
      call('echo', { input: 'hi' }, STATELESS),
    );
    expect(answer).toMatchObject({ result: { resultType: 'complete' } });
    expect(textOf(answer)).toBe('hi');
  });

  it.each(['initialize', 'ping', 'logging/setLevel', 'nothing/here'])(
    'does not know the method %s of 2026-07-28',
    async (method) => {
      const wire = await start({ providers: [ProbeTools] });
      expect(await wire.statelessRequest(1, method)).toMatchObject({ error: { code: -32601 } });
    },
  );

  it('refuses an incomplete first request, with the error of its revision', async () => {
    const wire = await start();
    const version = { 'io.modelcontextprotocol/protocolVersion': '2027-01-01' };
    expect(await wire.request(1, 'tools/list', { _meta: version })).toMatchObject({
      error: { code: -32022, data: { requested: '2027-01-01' } },
    });
    expect(await wire.request(2, 'server/discover')).toMatchObject({ error: { code: -32602 } });
  });

  it('serves session revisions and the stateless revision at once', async () => {
    const wire = await start({ providers: [ProbeTools] });
    await wire.initialize('2024-11-05');
    expect(await wire.request(1, 'tools/list')).not.toHaveProperty('result.resultType');
    expect(await wire.statelessRequest(2, 'tools/list')).toHaveProperty(
      'result.resultType',
      'complete',
    );
    expect(await wire.request(3, 'ping')).toMatchObject({ result: {} });
  });

  it.each([
    ['sessions', {}],
    ['2026-07-28', STATELESS],
  ])('sends progress before the response (%s)', async (_, meta) => {
    const wire = await start({ providers: [ProbeTools] });
    await wire.initialize();
    const before = wire.messages.length;
    const params = call('count', { to: 3 }, { ...meta, progressToken: 'p' });
    expect(textOf(await wire.request(1, 'tools/call', params))).toBe('done');
    expect(wire.messages.slice(before).map(({ method }) => method)).toEqual([
      'notifications/progress',
      'notifications/progress',
      'notifications/progress',
      undefined,
    ]);
  });

  it.each([
    ['sessions', {}],
    ['2026-07-28', STATELESS],
  ])('ends a cancelled call, and sends nothing more for it (%s)', async (_, meta) => {
    const wire = await start({ providers: [ProbeTools] });
    const probe = wire.app.get(ProbeTools, { strict: false });
    await wire.initialize();
    wire.send({ jsonrpc: '2.0', id: 0, method: 'tools/call', params: call('wait', {}, meta) });
    await probe.running(1);
    wire.notify('notifications/cancelled', { requestId: 0, reason: 'changed my mind' });
    const [signal] = probe.waiting;
    await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    expect(String(signal?.reason)).toContain('changed my mind');
    await wire.request('after', 'ping');
    expect(wire.messages.some(({ id }) => id === 0)).toBe(false);
  });

  it('refuses an id that is in use, without the id, in either kind of revision', async () => {
    const wire = await start({ providers: [ProbeTools] });
    await wire.initialize();
    wire.send({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: call('wait', {}, STATELESS) });
    await wire.app.get(ProbeTools, { strict: false }).running(1);
    wire.send({ jsonrpc: '2.0', id: 7, method: 'ping' });
    expect(await wire.complaint()).toMatchObject({ error: { code: -32600 } });
    wire.notify('notifications/cancelled', { requestId: 7 });
    expect(await wire.request(7, 'ping')).toMatchObject({ result: {} });
  });

  it.each([
    ['sessions', { inFlight: 1 }, {}],
    ['2026-07-28', { callsPerPrincipal: 1 }, STATELESS],
  ])('limits the calls that run at once (%s)', async (_, limits, meta) => {
    const wire = await start({ providers: [ProbeTools], mcp: { limits } });
    await wire.initialize();
    wire.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call('wait', {}, meta) });
    expect(await wire.request(2, 'tools/call', call('echo', { input: 'x' }, meta))).toMatchObject({
      error: { code: -32603 },
    });
    wire.notify('notifications/cancelled', { requestId: 1 });
  });

  it('accepts batches in the one revision that has them', async () => {
    const wire = await start({ providers: [ProbeTools] });
    const batch = [
      { jsonrpc: '2.0', id: 1, method: 'ping' },
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } },
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: call('echo', { input: 'b' }) },
    ];
    wire.send(batch);
    expect(await wire.complaint()).toMatchObject({ error: { code: -32600 } });
    await wire.initialize('2025-03-26');
    wire.send(batch);
    expect(await wire.answer(1)).toMatchObject({ result: {} });
    expect(textOf(await wire.answer(2))).toBe('b');
  });

  describe('subscriptions/listen', () => {
    const listening = { notifications: { toolsListChanged: true } };
    const listen = async (wire: StdioWire, id: string | number): Promise<void> => {
      const params = { _meta: STATELESS, ...listening };
      wire.send({ jsonrpc: '2.0', id, method: 'subscriptions/listen', params });
      await wire.until(() =>
        wire.messages.find(
          (message) =>
            message.method === 'notifications/subscriptions/acknowledged' &&
            subscriptionOf(message) === id,
        ),
      );
    };

    it('keeps each subscription apart, until it is cancelled', async () => {
      const wire = await start({ providers: [ProbeTools] });
      await listen(wire, 1);
      await listen(wire, 'two');
      const registry = wire.app.get(McpRegistry);
      registry.tool('a').handle(() => 'a');
      await wire.statelessRequest('between', 'tools/list');
      expect(changesOf(wire)).toEqual([1, 'two']);
      wire.notify('notifications/cancelled', { requestId: 1 });
      await wire.statelessRequest('ping', 'tools/list');
      registry.remove('a');
      await wire.statelessRequest('after', 'tools/list');
      expect(changesOf(wire)).toEqual([1, 'two', 'two']);
      expect(wire.messages.some(({ id }) => id === 1)).toBe(false);
    });

    it('is answered when the server ends', async () => {
      const wire = await start({ providers: [ProbeTools] });
      await listen(wire, 5);
      await wire.end();
      expect(wire.messages.at(-1)).toMatchObject({
        id: 5,
        result: { resultType: 'complete', _meta: { [SUBSCRIPTION]: 5 } },
      });
    });

    it('is limited', async () => {
      const wire = await start({
        providers: [ProbeTools],
        mcp: { limits: { streamsPerPrincipal: 1 } },
      });
      await listen(wire, 1);
      expect(await wire.statelessRequest(2, 'subscriptions/listen', listening)).toMatchObject({
        error: { code: -32603 },
      });
    });
  });

  it('notifies a session of changes, once it is initialized', async () => {
    const wire = await start({ providers: [ProbeTools] });
    await wire.initialize();
    await wire.request(1, 'ping');
    wire.app
      .get(McpRegistry)
      .tool('a')
      .handle(() => 'a');
    await wire.until(() =>
      wire.messages.find(({ method }) => method === 'notifications/tools/list_changed'),
    );
  });
});
