import { type INestApplication } from '@nestjs/common';
import { McpRegistry } from '@nestmcp/core';
import { OpenStreams } from '../../libs/core/src/session/open-streams.js';
import { LiveCalls } from '../../libs/core/src/session/live-calls.js';
import { HttpSession } from '../support/wire/http-session.js';
import { postStateless, streamStateless } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import type { SseWire } from '../support/wire/sse-wire.js';
import { eventually } from '../support/eventually.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';
const METHOD = 'subscriptions/listen';

const acknowledged = async (wire: SseWire) => wire.until(() => wire.messages[0]);

describe.each(PLATFORMS)('subscriptions/listen on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  const wires: SseWire[] = [];

  const start = async (mcp = {}) => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools], mcp }));
  };
  const listen = async (
    id: string | number,
    notifications: object = { toolsListChanged: true },
  ) => {
    const params = { notifications };
    const wire = await streamStateless(url, { id, method: METHOD, params });
    wires.push(wire);
    return wire;
  };
  const edit = (name: string): void => {
    const registry = app.get(McpRegistry, { strict: false });
    registry.tool(name).handle(() => name);
  };

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.close();
    await app.close();
  });

  it.each(['abc', '1', 1, 0, -5, '', 9_007_199_254_740_991])(
    'acknowledges first, with the id %p as it was sent, and ends with the result',
    async (id) => {
      await start();
      const wire = await listen(id);
      await acknowledged(wire);
      edit('one');
      await wire.until(() => wire.messages[1]);
      await app.close();
      await wire.end();
      const meta = { [SUBSCRIPTION]: id };
      expect(wire.messages).toEqual([
        {
          jsonrpc: '2.0',
          method: 'notifications/subscriptions/acknowledged',
          params: { _meta: meta, notifications: { toolsListChanged: true } },
        },
        { jsonrpc: '2.0', method: 'notifications/tools/list_changed', params: { _meta: meta } },
        {
          jsonrpc: '2.0',
          id,
          result: {
            resultType: 'complete',
            _meta: {
              ...meta,
              'io.modelcontextprotocol/serverInfo': { name: 'test', version: '1.2.3' },
            },
          },
        },
      ]);
    },
  );

  it.each([
    ['nothing', {}, {}],
    ['a notification that this server does not have', { promptsListChanged: true }, {}],
    ['false', { toolsListChanged: false }, {}],
    ['a value that is not a boolean', { toolsListChanged: 'true' }, {}],
    [
      'more than the server has',
      { toolsListChanged: true, resourceSubscriptions: ['a:b'] },
      { toolsListChanged: true },
    ],
  ])(
    'sends only the notifications that were requested and are available: %s',
    async (_, asked, honoured) => {
      await start();
      const wire = await listen(1, asked);
      expect(await acknowledged(wire)).toMatchObject({ params: { notifications: honoured } });
      const other = await listen(2);
      await acknowledged(other);
      edit('one');
      await other.until(() => other.messages[1]);
      const { length } = Object.keys(honoured);
      await wire.until(() => (wire.messages.length === 1 + length ? true : undefined));
      await app.close();
      await wire.end();
      expect(wire.messages).toHaveLength(2 + length);
    },
  );

  it('keeps several subscriptions apart, without the messages of calls', async () => {
    await start();
    const all = await Promise.all([1, 2, 3].map((id) => listen(id)));
    await Promise.all(all.map(acknowledged));
    const meta = { progressToken: 'p', 'io.modelcontextprotocol/logLevel': 'debug' };
    const params = { name: 'count', arguments: { to: 3 } };
    const { body } = await postStateless(url, { id: 1, method: 'tools/call', params, meta });
    expect(body).toMatch(/notifications\/progress/);
    const streams = app.get(OpenStreams, { strict: false });
    const { size } = streams;
    all[1]?.close();
    await eventually(() => streams.size < size);
    edit('one');
    for (const [index, wire] of [all[0], undefined, all[2]].entries()) {
      if (wire === undefined) continue;
      await wire.until(() => wire.messages[1]);
      expect(wire.messages.slice(1)).toMatchObject([
        {
          method: 'notifications/tools/list_changed',
          params: { _meta: { [SUBSCRIPTION]: index + 1 } },
        },
      ]);
    }
  });

  it('is a stream that proxies do not cache, with comments while it is idle, and without ids', async () => {
    await start({ transports: { streamableHttp: { keepAlive: '20ms' } } });
    const wire = await listen(1);
    await wire.until(() => (wire.raw.split(': keep-alive').length > 3 ? true : undefined));
    expect(wire.raw).not.toMatch(/^id:/m);
    expect(wire.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'x-accel-buffering': 'no',
      'cache-control': expect.stringContaining('no-transform'),
    });
    expect(wire.response.headers['mcp-session-id']).toBeUndefined();
  });

  it('is limited in number, and frees its slot when the client disconnects', async () => {
    await start({ limits: { streams: 2 } });
    const streams = app.get(OpenStreams, { strict: false });
    const first = await listen(1);
    await acknowledged(first);
    await acknowledged(await listen(2));
    const refused = await postStateless(url, { id: 3, method: METHOD });
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(refused.body)).toMatchObject({ id: 3, error: { code: -32603 } });
    const { size } = streams;
    first.close();
    await eventually(() => streams.size < size);
    await acknowledged(await listen(4));
    for (const wire of wires) wire.close();
    await eventually(() => streams.size === 0);
    expect(app.get(LiveCalls, { strict: false }).size).toBe(0);
  });

  it('does not block other requests', async () => {
    await start();
    await acknowledged(await listen(1));
    const params = { name: 'echo', arguments: { input: 'x' } };
    const { body } = await postStateless(url, { id: 1, method: 'tools/call', params });
    expect(JSON.parse(body)).toMatchObject({ id: 1, result: { content: [{ text: 'x' }] } });
  });

  it('is not a method of session revisions', async () => {
    await start();
    const session = await HttpSession.open(url);
    const params = { notifications: { toolsListChanged: true } };
    expect(await session.call(1, METHOD, params)).toMatchObject({ error: { code: -32601 } });
  });
});
