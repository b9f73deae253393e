import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const WAIT = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'wait' } };

describe.each(PLATFORMS)('a server that shuts down, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  const start = async (mcp = {}) => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools], mcp }));
  };

  it('admits no new client, and lets clients with running calls continue', async () => {
    await start();
    const wire = await SseWire.open(new URL('/sse', url));
    await wire.initialize();
    await wire.post(WAIT);
    await app.get(ProbeTools).running(1);
    const closed = app.close();
    const late = await send('GET', new URL('/sse', url));
    expect(late).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(late.body)).toMatchObject({
      error: { code: -32603, message: 'Server shutting down' },
    });
    await expect(wire.call('ping', 'ping')).resolves.toMatchObject({ result: {} });
    await wire.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 1 },
    });
    await closed;
    await wire.end();
    expect(wire.response.complete).toBe(true);
    wire.close();
  });

  it('does not wait for a body that its client never sends', async () => {
    await start();
    const wire = await SseWire.open(new URL('/sse', url));
    const socket = await halfSent(await wire.endpoint());
    const answer = once(socket, 'data');
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(String((await answer)[0])).toMatch(/^HTTP\/1\.1 503 /);
    wire.close();
  });
});

describe.each(PLATFORMS)('a body that arrives too slowly, on %s', (platform) => {
  it('is answered with 408, and its connection closed', async () => {
    const { app, url } = await startApp({
      platform,
      providers: [ProbeTools],
      mcp: { limits: { bodyWithin: '50ms' } },
    });
    const wire = await SseWire.open(new URL('/sse', url));
    const socket = await halfSent(await wire.endpoint());
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 [^]*connection: close/i);
    await once(socket, 'close');
    await expect(wire.post({ jsonrpc: '2.0', method: 'x' })).resolves.toMatchObject({
      status: 202,
    });
    wire.close();
    await app.close();
  });
});

/** A POST with 10 of the 500 bytes that it announces. Resolves when the server has begun to read it. */
async function halfSent(endpoint: URL): Promise<Socket> {
  const socket = connect(Number(endpoint.port), endpoint.hostname);
  await once(socket, 'connect');
  const head = [
    `POST ${endpoint.pathname}${endpoint.search} HTTP/1.1`,
    `Host: ${endpoint.host}`,
    'Content-Type: application/json',
    'Content-Length: 500',
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  socket.write('{"jsonrpc"');
  return socket;
}
