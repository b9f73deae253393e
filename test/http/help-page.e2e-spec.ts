import type { INestApplication } from '@nestjs/common';
import type { McpModuleOptions } from '@nestmcp/core';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { send, SseWire } from '../support/wire/sse-wire.js';

const CHROME =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const VISIT = { accept: CHROME, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const ENDPOINTS = ['/mcp', '/sse'] as const;

/** What a page of an attacker could put into a request of a visitor. */
const REFLECTED = 'reflected"><script>alert(1)</script>';

describe.each(PLATFORMS)('the help page on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  async function start(mcp: Partial<McpModuleOptions> = {}, NODE_ENV = 'development') {
    const replaced = jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV });
    try {
      ({ app, url } = await startApp({ platform, providers: [ProbeTools], mcp }));
    } finally {
      replaced.restore();
    }
  }

  const visit = (path: string, headers: Record<string, string> = VISIT) =>
    send('GET', new URL(path, url), headers);

  afterEach(() => app.close());

  it.each(ENDPOINTS)('is what a browser gets that opens %s, with 406', async (path) => {
    await start();
    const { status, headers, body } = await visit(path);
    expect(status).toBe(406);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; /,
      ),
    });
    expect(body).toMatch(/^<!doctype html>.*This is an MCP server.*<\/html>\n$/s);
    expect(body).toContain(path === '/mcp' ? 'Streamable HTTP' : 'HTTP+SSE');
    expect(sessionsOf(app).size).toBe(0);
  });

  it.each(ENDPOINTS)('contains nothing of the request to %s', async (path) => {
    await start({ allowedHosts: ['reflected.example'] });
    const plain = await visit(path);
    const { body } = await visit(`${path}?a=${encodeURIComponent(REFLECTED)}&reflected`, {
      ...VISIT,
      host: 'reflected.example',
      referer: `https://x.example/${REFLECTED}`,
      'user-agent': REFLECTED,
      'x-forwarded-host': 'reflected.example',
      'x-forwarded-prefix': '/reflected',
      'mcp-session-id': 'reflected',
    });
    expect(body).toBe(plain.body);
    expect(body).not.toContain('reflected');
  });

  it.each<[what: string, headers: Record<string, string>, isPage: boolean]>([
    ['a navigation', VISIT, true],
    ['a navigation without a destination', { accept: CHROME, 'sec-fetch-mode': 'navigate' }, true],
    ['a browser of another machine', { accept: CHROME }, true],
    ['a frame', { ...VISIT, 'sec-fetch-dest': 'iframe' }, false],
    [
      'a navigation that accepts events',
      { ...VISIT, accept: `${CHROME},text/event-stream` },
      false,
    ],
    ['fetch() of a page', { accept: CHROME, 'sec-fetch-mode': 'cors' }, false],
    ['a client that accepts HTML only', { accept: 'text/html' }, false],
    ['a client that accepts JSON only', { accept: 'application/json' }, false],
  ])('is for browsers that open the address: %s', async (_, headers, isPage) => {
    await start();
    const wire = await SseWire.open(new URL('/sse', url), headers);
    const type = wire.response.headers['content-type'] ?? '';
    wire.close();
    expect(type.startsWith('text/html')).toBe(isPage);
  });

  it.each<Record<string, string>>([
    { accept: 'text/event-stream' },
    { accept: 'text/event-stream', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    { accept: '*/*' },
    { accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' },
  ])('does not replace the stream for %j', async (headers) => {
    await start();
    const wire = await SseWire.open(new URL('/sse', url), headers);
    await expect(wire.endpoint()).resolves.toBeInstanceOf(URL);
    wire.close();
  });

  it.each([
    ['a host that is not allowed', { host: 'evil.example' }],
    ['an origin that is not allowed', { origin: 'https://evil.example' }],
  ])('is not for %s', async (_, headers) => {
    await start();
    for (const path of ENDPOINTS) {
      const { status, body } = await visit(path, { ...VISIT, ...headers });
      expect(status).toBe(403);
      expect(JSON.parse(body)).toMatchObject({ error: { code: -32600 } });
    }
  });

  it.each<[env: string, helpPage: boolean | undefined, isPage: boolean]>([
    ['production', undefined, false],
    ['production', true, true],
    ['test', undefined, true],
    ['development', undefined, true],
    ['development', false, false],
  ])('depends on NODE_ENV and the option: %s, %s', async (env, helpPage, isPage) => {
    await start(helpPage === undefined ? {} : { helpPage }, env);
    for (const path of ENDPOINTS) {
      const { status, headers, body } = await visit(path);
      expect(status).toBe(406);
      expect(headers['content-type']).toMatch(isPage ? /^text\/html/ : /^application\/json/);
      expect(body.includes('-32600')).toBe(!isPage);
    }
  });

  it('has the status 405 and Allow where the endpoint does not have GET', async () => {
    await start({ transports: { streamableHttp: { sessions: false } } });
    expect(await visit('/mcp')).toMatchObject({
      status: 405,
      headers: { allow: 'POST', 'content-type': 'text/html; charset=utf-8' },
    });
  });

  it.each(['HEAD', 'PUT'])('is not the answer to %s', async (method) => {
    await start();
    const answer = await send(method, new URL('/mcp', url), VISIT);
    expect(answer).toMatchObject({ status: 405, body: '' });
  });

  it('is not the answer at the path of the messages, nor of a transport that is off', async () => {
    await start({ transports: { sse: true, streamableHttp: false } });
    expect(await visit('/messages')).toMatchObject({ status: 405, body: '' });
    expect((await visit('/mcp')).status).toBe(404);
  });
});
