import { McpRegistry } from '@nestmcp/core';
import { HttpSession, toolCall } from '../support/wire/http-session.js';
import { nodes, type TestNode } from '../support/app/nodes.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { post, type SseWire } from '../support/wire/sse-wire.js';
import { SseWire as Wire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const CHANGED = 'notifications/tools/list_changed';
const changesOf = ({ messages }: SseWire): number =>
  messages.filter(({ method }) => method === CHANGED).length;

/** The node to which a balancer sends the POSTs of a client whose stream is at another node. */
const posting = async (wire: SseWire, { url }: TestNode) => {
  const { pathname, search } = await wire.endpoint();
  const target = new URL(`${pathname}${search}`, url);
  return async (message: object) => post(target, { jsonrpc: '2.0', ...message });
};

const initialized = async (wire: SseWire, node: TestNode) => {
  const send = await posting(wire, node);
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'wire', version: '1' },
  };
  await send({ id: 'init', method: 'initialize', params });
  await wire.answer('init');
  await send({ method: 'notifications/initialized' });
  return send;
};

describe.each(PLATFORMS)('several nodes on %s', (platform) => {
  const { start } = nodes();
  const wires: SseWire[] = [];

  afterEach(() => {
    for (const wire of wires.splice(0)) wire.close();
  });

  const opened = async (wire: Promise<SseWire>): Promise<SseWire> => {
    wires.push(await wire);
    return wire;
  };
  const sseAt = ({ url }: TestNode): Promise<SseWire> => opened(Wire.open(new URL('/sse', url)));

  it('send at one node the responses to what is posted at another, from initialize on', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const wire = await sseAt(a);
    const send = await initialized(wire, b);
    expect(await send({ id: 1, method: 'ping' })).toMatchObject({ status: 202, body: '' });
    await expect(wire.answer(1)).resolves.toMatchObject({ result: {} });
    const call = { name: 'count', arguments: { to: 100 }, _meta: { progressToken: 'p' } };
    await send({ id: 2, method: 'tools/call', params: call });
    await wire.answer(2);
    const told = wire.messages.slice(2);
    expect(
      told.slice(0, -1).map(({ params }) => (params as { progress: number }).progress),
    ).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(told.at(-1)).toMatchObject({ id: 2 });
  });

  it('cancel a call on any node', async () => {
    const [a, b, c] = [
      await start({ platform }),
      await start({ platform }),
      await start({ platform }),
    ];
    const wire = await sseAt(a);
    const toB = await initialized(wire, b);
    const toC = await posting(wire, c);
    await toB({ id: 1, method: 'tools/call', params: { name: 'wait' } });
    await b.tools.running(1);
    await toC({ method: 'notifications/cancelled', params: { requestId: 1, reason: 'enough' } });
    const [signal] = b.tools.waiting;
    await aborted(signal);
    expect(String(signal?.reason)).toMatch(/enough/);
    await toB({ id: 2, method: 'ping' });
    await wire.answer(2);
    expect(wire.messages.some(({ id }) => id === 1)).toBe(false);
  });

  it('abort calls at other nodes when the client disconnects, and delete the session everywhere', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const wire = await sseAt(a);
    const send = await initialized(wire, b);
    await send({ id: 1, method: 'tools/call', params: { name: 'wait' } });
    await b.tools.running(1);
    wire.close();
    await aborted(b.tools.waiting[0]);
    await Promise.all([sessionsOf(a.app).untilEmpty(), sessionsOf(b.app).untilEmpty()]);
    expect(await send({ id: 2, method: 'ping' })).toMatchObject({ status: 404 });
  });

  it('return 404 for a session whose node is gone, before anything runs', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const wire = await sseAt(a);
    const send = await posting(wire, b);
    await a.app.close();
    expect(await send({ id: 1, method: 'tools/call', params: { name: 'wait' } })).toMatchObject({
      status: 404,
    });
    expect(b.tools.waiting).toEqual([]);
  });

  it('serve a session of Streamable HTTP at any node, and end it everywhere', async () => {
    const [a, b, c] = [
      await start({ platform }),
      await start({ platform }),
      await start({ platform }),
    ];
    const atA = await HttpSession.open(a.url);
    const [atB, atC] = [atA.as(b.url), atA.as(c.url)];
    for (const session of [atB, atC, atA])
      await expect(session.call(1, 'tools/list')).resolves.toMatchObject({
        result: { tools: expect.any(Array) },
      });
    const running = atC.post(toolCall(2, 'wait'));
    await c.tools.running(1);
    expect(await atB.delete()).toMatchObject({ status: 204 });
    await aborted(c.tools.waiting[0]);
    await running;
    for (const session of [atA, atB, atC])
      expect(await session.post({ jsonrpc: '2.0', id: 3, method: 'ping' })).toMatchObject({
        status: 404,
      });
    for (const { app } of [a, b, c]) expect(sessionsOf(app).size).toBe(0);
  });

  it('notify the clients of every node once that a list has changed', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const wire = await sseAt(a);
    const send = await initialized(wire, b);
    const session = await HttpSession.open(b.url);
    const stream = await opened(session.as(a.url).get());
    await session.call(0, 'ping');
    const listening = await opened(listenAt(a.url));
    await listening.until(() => listening.messages[0]);
    for (const [round, node] of [b, a, b].entries()) {
      node.app
        .get(McpRegistry, { strict: false })
        .tool(`t${round}`)
        .handle(() => 'x');
      for (const each of [wire, stream, listening])
        await each.until(() => (changesOf(each) > round ? true : undefined));
    }
    await send({ id: 9, method: 'ping' });
    await wire.answer(9);
    for (const each of [wire, stream, listening]) expect(changesOf(each)).toBe(3);
  });

  it('notify a node of a client that became ready at another', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const wire = await sseAt(a);
    const toA = await posting(wire, a);
    const params = { protocolVersion: '2025-11-25', capabilities: {} };
    await toA({ id: 'init', method: 'initialize', params });
    await wire.answer('init');
    a.app
      .get(McpRegistry, { strict: false })
      .tool('early')
      .handle(() => 'x');
    const toB = await posting(wire, b);
    await toB({ method: 'notifications/initialized' });
    await toB({ id: 1, method: 'ping' });
    await wire.answer(1);
    expect(changesOf(wire)).toBe(0);
    a.app
      .get(McpRegistry, { strict: false })
      .tool('late')
      .handle(() => 'x');
    await wire.until(() => (changesOf(wire) === 1 ? true : undefined));
  });
});

async function aborted(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) throw new Error('nothing runs');
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}

function listenAt(url: URL): Promise<SseWire> {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return Wire.open(
    new URL('/mcp', url),
    {
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    },
    {
      jsonrpc: '2.0',
      id: 'listen',
      method: 'subscriptions/listen',
      params: { notifications: { toolsListChanged: true }, _meta: meta },
    },
  );
}
