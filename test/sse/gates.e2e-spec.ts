import { once } from 'node:events';
import { connect } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { post, send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const nested = (depth: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}}}`;
const listed = (elements: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":[${Array.from({ length: elements }, () => 1).join(',')}]}}`;

describe.each(PLATFORMS)('the gates of HTTP+SSE on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  let wire: SseWire;

  beforeAll(async () => {
    const running = await startApp({
      platform,
      providers: [ProbeTools],
      mcp: { allowedHosts: ['api.example.com'], allowedOrigins: ['https://chat.example.com'] },
    });
    ({ app, url } = running);
    wire = await SseWire.open(new URL('/sse', url));
    await wire.initialize();
  });

  afterAll(async () => {
    wire.close();
    await app.close();
  });

  afterEach(async () => {
    // The stream stays open after every refusal.
    const id = `alive-${expect.getState().currentTestName}`;
    await wire.call(id, 'ping');
  });

  it.each([
    ['text that is not JSON', '{"jsonrpc":', 400, -32700],
    ['an empty body', '', 400, -32700],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, -32700],
    ['a batch', `[${PING}]`, 400, -32600],
    ['an empty batch', '[]', 400, -32600],
    ['a string', '"ping"', 400, -32600],
    ['no jsonrpc member', '{"id":1,"method":"ping"}', 400, -32600],
    ['a null id', '{"jsonrpc":"2.0","id":null,"method":"ping"}', 400, -32600],
    ['a fractional id', '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', 400, -32600],
    ['an object as id', '{"jsonrpc":"2.0","id":{},"method":"ping"}', 400, -32600],
    ['depth 65', nested(65), 400, -32600],
    ['depth 100,000', nested(100_000), 400, -32600],
    ['10,001 values', listed(10_001), 400, -32600],
    ['more than 4 MiB', `"${'x'.repeat(4 * 1024 * 1024)}"`, 413, -32600],
  ])('answers a POST of %s with its status and code', async (_, body, status, code) => {
    const chunks = [Buffer.from(body)];
    const answer = await send('POST', await wire.endpoint(), JSON_TYPE, chunks);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({
      jsonrpc: '2.0',
      error: { code, message: expect.any(String) },
    });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each([
    ['depth 64', nested(64)],
    ['a body just under 4 MiB', padded(4 * 1024 * 1024)],
    ['a byte order mark before the JSON', `\uFEFF${PING}`],
  ])('accepts %s', async (_, body) => {
    await expect(wire.post(body)).resolves.toMatchObject({ status: 202 });
  });

  it('counts the size while reading, regardless of the declared size', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const answer = await send('POST', await wire.endpoint(), JSON_TYPE, [
      chunk,
      chunk,
      chunk,
      chunk,
      chunk,
    ]);
    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    'application/jsonp',
    'text/json',
    'application/json; charset=utf-16',
    'application/octet-stream',
    '*/*',
    '',
  ])('refuses the content type "%s" with 415', async (contentType) => {
    const answer = await post(await wire.endpoint(), PING, { 'content-type': contentType });
    expect(answer).toMatchObject({ status: 415, body: expect.stringContaining('-32600') });
  });

  it('refuses a compressed body with 415', async () => {
    const answer = await wire.post(PING, { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 415, body: expect.stringContaining('-32600') });
  });

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('accepts the content type "%s"', async (contentType) => {
    await expect(wire.post(PING, { 'content-type': contentType })).resolves.toMatchObject({
      status: 202,
    });
  });

  it.each([
    '',
    '?sessionId=',
    '?sessionId=AAAAAAAAAAAAAAAAAAAAAA',
    '?sessionId=__proto__',
    '?sessionId=%00',
    `?sessionId=${'x'.repeat(10_000)}`,
    '?sessionId[]=a&sessionId[]=b',
    '?sessionId[a]=b',
  ])('answers every unknown session (%.40s) with the same 404', async (query) => {
    const answer = await post(new URL(`/messages${query}`, url), PING);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe(
      '{"jsonrpc":"2.0","error":{"code":-32600,"message":"Session not found"}}',
    );
  });

  it('does not find a session that is named twice', async () => {
    const endpoint = await wire.endpoint();
    const { status } = await post(new URL(`${endpoint.href}&${endpoint.search.slice(1)}`), PING);
    expect(status).toBe(404);
  });

  it.each([
    ['POST', '/sse', 'GET'],
    ['PUT', '/sse', 'GET'],
    ['DELETE', '/sse', 'GET'],
    ['GET', '/messages', 'POST'],
    ['PUT', '/messages', 'POST'],
    ['POST', '/sse/', 'GET'],
    ['POST', '/SSE', 'GET'],
  ])('answers %s %s with an empty 405 that allows %s', async (method, path, allow) => {
    const body = method.startsWith('P') ? [Buffer.from(PING)] : [];
    const answer = await send(method, new URL(path, url), body.length > 0 ? JSON_TYPE : {}, body);
    expect(answer).toMatchObject({ status: 405, headers: { allow }, body: '' });
  });

  it('returns 406 for a stream to a client that does not accept event streams', async () => {
    const answer = await send('GET', new URL('/sse', url), { accept: 'application/json' });
    expect(answer).toMatchObject({ status: 406, body: expect.stringContaining('-32600') });
  });

  it.each(['*/*', 'text/*', 'text/event-stream, application/json;q=0.5'])(
    'streams to a client that accepts %s',
    async (accept) => {
      const other = await SseWire.open(new URL('/sse', url), { accept });
      await other.endpoint();
      other.close();
    },
  );

  it.each([
    [{ host: 'evil.example' }, 403],
    [{ host: 'localhost.evil.example' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ host: 'user@localhost' }, 403],
    [{ host: 'localhost:80:80' }, 403],
    [{ host: '128.0.0.1' }, 403],
    [{ host: 'api.example.com.evil' }, 403],
    [{ host: 'localhost' }, 400],
    [{ host: 'LOCALHOST:5071' }, 400],
    [{ host: 'localhost.' }, 400],
    [{ host: 'app.localhost:1' }, 400],
    [{ host: '127.9.9.9' }, 400],
    [{ host: '[::1]:5071' }, 400],
    [{ host: 'api.example.com' }, 400],
    [{ host: 'API.example.com:8443' }, 400],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'http://localhost.evil.example' }, 403],
    [{ origin: 'http://user@localhost' }, 403],
    [{ origin: 'file://localhost' }, 403],
    [{ origin: 'https://chat.example.com.evil' }, 403],
    [{ origin: 'http://localhost:3000' }, 400],
    [{ origin: 'http://[::1]:3000' }, 400],
    [{ origin: 'https://chat.example.com' }, 400],
    [{ origin: 'https://api.example.com' }, 400],
  ])('answers %j with %i on POST, and also with 403 on GET', async (headers, status) => {
    // A request that passes the gate fails at the body, so 400 shows that it passed.
    const posted = await send('POST', await wire.endpoint(), { ...JSON_TYPE, ...headers }, [
      Buffer.from('x'),
    ]);
    expect(posted.status).toBe(status);
    const got = await send('GET', new URL('/sse', url), { accept: 'text/plain', ...headers });
    expect(got.status).toBe(status === 403 ? 403 : 406);
    expect(JSON.parse(got.body)).toMatchObject({ error: { code: -32600 } });
  });

  it('passes OPTIONS on to the application', async () => {
    const { status } = await send('OPTIONS', new URL('/sse', url));
    expect(status).not.toBe(405);
    expect(status).not.toBe(403);
  });

  it('refuses a request that names two hosts', async () => {
    const socket = connect(Number(url.port), url.hostname);
    socket.end(
      `GET /sse HTTP/1.1\r\nHost: ${url.host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('runs a call once when its id arrives twice, and answers the second POST with 400', async () => {
    const probe = app.get(ProbeTools);
    const started = probe.waiting.length;
    const request = { jsonrpc: '2.0', id: 'twice', method: 'tools/call', params: { name: 'wait' } };
    await wire.post(request);
    await probe.running(started + 1);
    const second = await wire.post(request);
    expect(second).toMatchObject({ status: 400, body: expect.stringContaining('"id":"twice"') });
    expect(probe.waiting.length).toBe(started + 1);
    await wire.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'twice' },
    });
  });

  it('accepts 16 running calls of a session and answers the next with 429 and no 202', async () => {
    const probe = app.get(ProbeTools);
    const started = probe.waiting.length;
    for (let id = 1; id <= 16; id++)
      await wire.post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'wait' } });
    await probe.running(started + 16);
    const next = await wire.post({ jsonrpc: '2.0', id: 17, method: 'ping' });
    expect(next).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(JSON.parse(next.body)).toMatchObject({ id: 17, error: { code: -32603 } });
    for (let requestId = 1; requestId <= 16; requestId++)
      await wire.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  });
});

function padded(length: number): string {
  return PING.slice(0, -1).concat(' '.repeat(length - PING.length), '}');
}
