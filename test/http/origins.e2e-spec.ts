import { once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { McpModule } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import { initialize, postMcp } from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

/** Headers that pages outside of the web send, and cannot omit. */
const LISTED = [
  `chrome-extension://${'abcdefgh'.repeat(4)}`,
  'moz-extension://2e4b1c7a-0001-4c4e-9d2c-1f0a5c3b2a10',
  'vscode-webview://1q2w3e4r5t6z7u8i9o0p1q2w3e4r5t6z7u8i9o0p',
  'tauri://localhost',
  'app://obsidian.md',
  'app://.',
  'file://',
  'null',
] as const;

const ALLOWED = {
  allowedHosts: ['*.example.com', 'api.example.net.'],
  allowedOrigins: [...LISTED, 'https://*.pages.example'],
};

const STREAM = { accept: 'text/event-stream' };
const page = (site: string, mode = 'no-cors') => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
});

describe.each(PLATFORMS)('allowed names on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({
      platform,
      providers: [ProbeTools],
      mcp: ALLOWED,
      configure: (nest) => nest.enableCors({ origin: true }),
    }));
  });

  afterAll(() => app.close());

  const streamStatus = async (headers: Record<string, string>) => {
    const wire = await SseWire.open(new URL('/sse', url), headers);
    wire.close();
    return wire.status;
  };

  it.each(LISTED)('admit a page at %s, with the CORS headers', async (origin) => {
    const answer = await postMcp(url, initialize(), { origin });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin },
    });
    expect(answer.headers['access-control-expose-headers']).toContain('Mcp-Session-Id');
    expect(await streamStatus({ origin })).toBe(200);
  });

  it.each([
    ['https://a.pages.example', 200],
    ['https://a.b.pages.example', 200],
    ['https://pages.example', 403],
    ['https://a.pages.example:8443', 403],
    ['http://a.pages.example', 403],
    ['https://notpages.example', 403],
    ['https://a.example.com', 200],
    ['tauri://other', 403],
    ['chrome-extension://other', 403],
  ])('answer a page at %s with %i', async (origin, status) => {
    expect(await postMcp(url, initialize(), { origin })).toMatchObject({ status });
    expect(await streamStatus({ origin })).toBe(status);
  });

  it.each([
    ['api.example.com', 200],
    ['API.example.com.:8443', 200],
    ['a.b.example.com', 200],
    ['example.com', 403],
    ['.example.com', 403],
    ['notexample.com', 403],
    ['api.example.net', 200],
    ['api.example.net.', 200],
    ['a.api.example.net', 403],
  ])('answer a request for the host %s with %i', async (host, status) => {
    expect(await postMcp(url, initialize(), { host })).toMatchObject({ status });
    expect(await streamStatus({ host })).toBe(status);
  });
});

describe.each(PLATFORMS)('a browser request on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools], mcp: ALLOWED }));
  });

  afterAll(() => app.close());

  it.each([
    ['an image of another site', page('cross-site'), 403],
    ['a script of another port of this host', page('same-site'), 403],
    ['fetch() of another site, in mode no-cors', page('cross-site', 'no-cors'), 403],
    ['a frame or a link of another site', page('cross-site', 'navigate'), 406],
    ['the address bar', page('none', 'navigate'), 406],
    ['a link of its own', page('same-origin', 'navigate'), 406],
    ['fetch() of its own page', page('same-origin', 'cors'), 200],
    ['an extension that has no origin', page('none', 'cors'), 200],
    ['no browser', {}, 200],
    ['a listed page', { ...page('cross-site', 'cors'), origin: 'app://obsidian.md' }, 200],
    ['a page that is not', { ...page('same-origin', 'cors'), origin: 'https://evil.example' }, 403],
    ['a page that is not, by a link', { ...page('cross-site', 'navigate'), origin: 'null:' }, 403],
  ])('from %s gets the stream or nothing: %j is %i', async (_, headers, status) => {
    await sessionsOf(app).untilEmpty();
    const wire = await SseWire.open(new URL('/sse', url), { ...STREAM, ...headers });
    const { size } = sessionsOf(app);
    wire.close();
    expect([wire.status, size]).toEqual([status, status === 200 ? 1 : 0]);
  });

  it.each(['POST', 'DELETE'])('is refused as %s of another site, too', async (method) => {
    const answer = await send(method, new URL('/mcp', url), page('cross-site'));
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('-32600') });
  });

  it.each([
    ['http://evil.example/sse', 403],
    ['http://user@localhost/sse', 403],
    ['http://localhost/sse', 200],
    ['http://api.example.com:80/sse?x=http://evil.example', 200],
  ])('for the URL %s is answered with %i, regardless of Host', async (target, status) => {
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    socket.destroy();
  });
});

@Module({
  imports: [McpModule.forRoot({ name: 'h2', version: '1', ...ALLOWED })],
  providers: [ProbeTools],
})
class Http2Module {}

describe('a request over HTTP/2', () => {
  let app: NestFastifyApplication;
  let url: URL;
  let client: ClientHttp2Session;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ http2: true });
    app = await NestFactory.create<NestFastifyApplication>(Http2Module, adapter, { logger: false });
    url = await listeningUrl(app);
  });

  // An open connection would keep the application from closing.
  afterEach(() => client.destroy());

  afterAll(() => app.close());

  it.each([
    [{ ':authority': 'localhost' }, 406],
    [{ ':authority': 'api.example.com', host: 'localhost' }, 406],
    [{ ':authority': 'localhost', host: 'evil.example' }, 403],
    [{ ':authority': 'evil.example', host: 'localhost' }, 403],
    [{ ':authority': 'evil.example' }, 403],
    [{ host: 'localhost' }, 406],
    [{ host: 'evil.example' }, 403],
  ])('with the names %j is answered with %i', async (names, status) => {
    client = connectHttp2(url);
    // A request that passes is refused for its Accept header.
    const stream = client.request({ ':path': '/sse', accept: 'text/plain', ...names });
    const [headers] = (await once(stream, 'response')) as [{ ':status': number }];
    expect(headers[':status']).toBe(status);
  });
});
