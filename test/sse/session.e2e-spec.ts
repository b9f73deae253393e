import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

describe('a session', () => {
  let app: INestApplication;
  let url: URL;
  let probe: ProbeTools;
  const wires: SseWire[] = [];

  beforeAll(async () => {
    ({ app, url } = await startApp({ providers: [ProbeTools] }));
    probe = app.get(ProbeTools);
  });

  afterEach(() => {
    for (const wire of wires.splice(0)) wire.close();
  });

  afterAll(() => app.close());

  const open = async (headers?: Record<string, string>) => {
    const wire = await SseWire.open(new URL('/sse', url), headers);
    wires.push(wire);
    return wire;
  };

  it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'speaks %s on request',
    async (version) => {
      const wire = await open();
      await expect(wire.initialize(version)).resolves.toMatchObject({
        result: { protocolVersion: version, serverInfo: { name: 'test', version: '1.2.3' } },
      });
    },
  );

  it.each(['1999-01-01', '2026-07-28', ''])(
    'offers 2025-11-25 to a client that requests "%s"',
    async (version) => {
      const wire = await open();
      await expect(wire.initialize(version)).resolves.toMatchObject({
        result: { protocolVersion: '2025-11-25' },
      });
    },
  );

  it('refuses a second initialize', async () => {
    const wire = await open();
    await wire.initialize();
    await expect(
      wire.call(1, 'initialize', { protocolVersion: '2025-06-18' }),
    ).resolves.toMatchObject({
      error: { code: -32600 },
    });
  });

  it.each([
    ['no/such', {}, -32601],
    ['initialized', {}, -32601],
    ['tools/call', { name: 'nobody' }, -32602],
    ['tools/call', {}, -32602],
    ['tools/call', { name: 5 }, -32602],
    ['tools/call', { name: 'echo', arguments: [] }, -32602],
    ['tools/call', { name: '__proto__' }, -32602],
    ['tools/list', { cursor: 'x' }, -32602],
    ['tools/list', [], -32602],
    ['tools/list', 'x', -32602],
    ['toString', {}, -32601],
  ])('answers %s with params %j with %i', async (method, params, code) => {
    const wire = await open();
    await wire.initialize();
    const request = { jsonrpc: '2.0', id: 1, method, params };
    await wire.post(request);
    await expect(wire.answer(1)).resolves.toMatchObject({ id: 1, error: { code } });
  });

  it('refuses initialize without a protocol version', async () => {
    const wire = await open();
    await expect(wire.call(1, 'initialize', {})).resolves.toMatchObject({
      error: { code: -32602 },
    });
  });

  it.each([0, '', -1, '1', Number.MAX_SAFE_INTEGER])('returns the id %j unchanged', async (id) => {
    const wire = await open();
    await expect(wire.call(id, 'ping')).resolves.toStrictEqual({ jsonrpc: '2.0', id, result: {} });
  });

  it('never answers a notification, known or unknown, well-formed or not', async () => {
    const wire = await open();
    await wire.initialize();
    for (const method of [
      'notifications/initialized',
      'notifications/cancelled',
      'no/such',
      'tools/call',
    ])
      for (const params of [undefined, {}, [], 5, { requestId: null }])
        await expect(wire.post({ jsonrpc: '2.0', method, params })).resolves.toMatchObject({
          status: 202,
        });
    await wire.call('last', 'ping');
    expect(wire.messages.map(({ id }) => id)).toEqual(['initialize', 'last']);
  });

  it('silently accepts responses to requests that it never sent', async () => {
    const wire = await open();
    await expect(wire.post({ jsonrpc: '2.0', id: 9, result: {} })).resolves.toMatchObject({
      status: 202,
    });
    await wire.call('last', 'ping');
    expect(wire.messages).toHaveLength(1);
  });

  it.each([0, '', 1, 'abc'])(
    'cancels the call with the id %j: its signal fires, and no response is sent',
    async (id) => {
      const wire = await open();
      await wire.initialize();
      const calls = probe.waiting.length;
      await wire.post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'wait' } });
      await probe.running(calls + 1);
      const signal = probe.waiting[calls];
      await wire.post({
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId: id, reason: 'changed my mind' },
      });
      await wire.call('after', 'ping');
      expect(signal?.aborted).toBe(true);
      expect(signal?.reason).toEqual(new Error('The client cancelled the call: changed my mind'));
      expect(wire.messages.map((message) => message.id)).toEqual(['initialize', 'after']);
    },
  );

  it('ignores the cancellation of unknown calls', async () => {
    const wire = await open();
    await wire.initialize();
    for (const requestId of [404, 'initialize', undefined, null, {}])
      await wire.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
    await expect(wire.call(1, 'ping')).resolves.toMatchObject({ result: {} });
  });

  it('fails only the call whose result cannot be serialized or whose tool throws, and leaks nothing', async () => {
    const wire = await open();
    await wire.initialize();
    for (const name of ['unserializable', 'fail']) {
      const { result } = await wire.call(name, 'tools/call', { name });
      expect(result).toEqual({
        isError: true,
        content: [
          {
            type: 'text',
            text: expect.stringMatching(
              new RegExp(`^An error occurred invoking '${name}' \\(ref [0-9a-f]{8}\\)$`),
            ),
          },
        ],
      });
    }
    expect(wire.raw).not.toContain('secret');
    await expect(wire.call(1, 'ping')).resolves.toMatchObject({ result: {} });
  });

  it('receives only its own responses when many sessions use the same ids at once', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => open()));
    await Promise.all(many.map((wire) => wire.initialize()));
    await Promise.all(
      many.flatMap((wire, owner) =>
        Array.from({ length: 10 }, async (_, id) => {
          const input = `${owner}/${id}`;
          const { result } = await wire.call(id, 'tools/call', {
            name: 'echo',
            arguments: { input },
          });
          expect(result).toEqual({ content: [{ type: 'text', text: input }] });
        }),
      ),
    );
  });
});
