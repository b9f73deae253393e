// What one combination of Nest, Node, platform and module form must do, over real sockets. The platform is the first
// argument of the process. It must end by itself: a handle that the shutdown leaves open keeps it alive.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { argv } from 'node:process';
import { before, test } from 'node:test';
import type { INestApplication } from '@nestjs/common';
import { McpTestClient, type TestTransport } from '@nestmcp/testing';
import { OrdersController, OrderTools, PLATFORMS, SECRET, startApp, StockTools } from './app.js';
import { KeptErrors } from './kept-errors.js';
import { guardIsLeftOut, GUARDED } from './guards.js';
import { EventStream, initialize, post, toolCall } from './wire.js';

const TRANSPORTS: readonly TestTransport[] = ['sse', 'streamable-http', '2026-07-28'];
/** Far more than the 4 MiB that may wait for a client, and what the kernel holds for a connection. */
const MOST_CALLS = 40;

const platform = PLATFORMS.find((name) => name === argv[2]);
assert(platform, 'Name the platform: express or fastify');

let app: INestApplication;
let url: URL;
const errors = new KeptErrors();

before(async () => {
  app = await startApp(platform, errors);
  url = new URL(await app.getUrl());
});

for (const transport of TRANSPORTS)
  void test(`tools are listed and called over ${transport}`, async () => {
    const client = await McpTestClient.connect(app, { transport });
    const tools = await client.listTools();
    const placeOrder = tools.find(({ name }) => name === 'place_order');
    assert.deepEqual(placeOrder?.inputSchema.required, ['quantity', 'shipTo']);

    const order = { quantity: 2, shipTo: { country: 'NZ' } };
    await client.callTool(OrderTools, 'placeOrder', [order]).expectText('2 to NZ, true');
    const wrong = { quantity: 100, shipTo: { country: 'New Zealand' } };
    const call = client.callTool(OrderTools, 'placeOrder', [wrong]);
    await call.expectError(/- quantity: .*\n- shipTo\.country: /);
    await client.callTool(OrderTools, 'forbidden', []).expectDenied();
    await client.close();
  });

for (const transport of TRANSPORTS)
  void test(`a guard of a class protects a controller and a tool from a factory over ${transport}`, async () => {
    const client = await McpTestClient.connect(app, { transport });
    await client.callTool(OrdersController, 'listOrders', []).expectText('2 to NZ');
    await client.callTool(OrdersController, 'auditOrders', []).expectDenied();
    await client.callTool(StockTools, 'countStock', []).expectText('7');
    await client.callTool(StockTools, 'clearStock', []).expectDenied();
    await client.close();
  });

void test('the routes of a controller with tools still work', async () => {
  assert.equal(await (await fetch(new URL('/orders', url))).text(), '2 to NZ');
  assert.equal((await fetch(new URL('/orders/audit', url))).status, 403);
});

for (const transport of TRANSPORTS)
  void test(`a failure is masked over ${transport}, and logged once`, async () => {
    const client = await McpTestClient.connect(app, { transport });
    for (const name of ['fail', 'lose_stock']) {
      const result = JSON.stringify(await client.callTool(name, {}));
      const [, reference] = /invoking '\w+' \(ref ([^)]+)\).*"isError":true/.exec(result) ?? [];
      assert(reference, result);
      assert(!result.includes(SECRET), result);
      const lines = errors.take();
      assert.equal(lines.length, 1, lines.join('\n'));
      assert(lines[0]?.includes(reference), lines[0]);
    }
    await client.callTool(StockTools, 'sellStock', []).expectError('sold out');
    assert.deepEqual(errors.take(), []);
    await client.close();
  });

void test('a guard of the route denies with HTTP 403', async () => {
  assert.equal(await post(new URL('/mcp', url), initialize(), { 'x-denied': 'yes' }), 403);
  const answer = await fetch(new URL('/sse', url), { headers: { 'x-denied': 'yes' } });
  assert.equal(answer.status, 403);
});

for (const [kind, providers] of GUARDED)
  void test(`a guard ${kind} runs, or stops the start`, async () => {
    assert.equal(await guardIsLeftOut(providers), false);
  });

void test('a stream begins with its endpoint, and no event has an id', async () => {
  const { stream, messages } = await openSession();
  await post(messages, toolCall(1, 'forbidden'));
  const text = await stream.until(/"id":1[,}]/);
  assert.match(text, /"isError":true/);
  assert.doesNotMatch(text, /^id:/m);
  stream.close();
});

void test('a client that does not read is disconnected when too many bytes wait for it', async () => {
  const { stream, messages } = await openSession();
  let status = 202;
  for (let id = 1; id <= MOST_CALLS && status === 202; id++)
    status = await post(messages, toolCall(id, 'report'));
  assert.equal(status, 404);
  stream.close();
});

void test('the application closes while a stream is open', async () => {
  const { stream } = await openSession();
  await app.close();
  stream.close();
});

async function openSession(): Promise<{ stream: EventStream; messages: URL }> {
  const stream = await EventStream.open(new URL('/sse', url));
  const text = await stream.until(/data: \S+\n/);
  assert.match(text, /^\s*event: endpoint\ndata: /);
  const [, path = ''] = /data: (\S+)/.exec(text) ?? [];
  const messages = new URL(path, url);
  assert.equal(await post(messages, initialize()), 202);
  return { stream, messages };
}
