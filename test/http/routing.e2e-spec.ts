import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { initialize } from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

interface Answer {
  readonly status: number;
  readonly allow: string | undefined;
  readonly body: string;
}

/** Sends a request with the exact URL. Of a stream, only the head is read. */
async function ask(
  { hostname, port }: URL,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const outgoing = request({
    hostname,
    port,
    method,
    path,
    agent: false,
    headers: { ...headers, ...length, connection: 'close' },
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const isStream = response.headers['content-type'] === 'text/event-stream';
  let text = '';
  if (isStream) outgoing.destroy();
  else for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, allow: response.headers.allow, body: text };
}

/** The same endpoint, as it is documented. */
const OURS = [
  ['/mcp', '/sse', '/messages'],
  ['/MCP', '/SSE', '/Messages'],
  ['/mcp/', '/sse/', '/messages/'],
  ['/Mcp/?x=1', '/sSe/?x=1', '/meSSages/?x=1'],
  ['/mcp?x=/y', '/sse?x=/y', '/messages?x=/y'],
  ['http://localhost/mcp', 'http://localhost/sse', 'http://localhost/messages'],
  ['http://localhost:80/MCP/?x', 'http://localhost:80/SSE/?x', 'http://localhost/MESSAGES/'],
] as const;

/** URLs that the application does not route to a server. */
const OTHERS = [
  '//mcp',
  '/mcp//',
  '//localhost/mcp',
  '/%6dcp',
  '/%4DCP/',
  '/mcp%2f',
  '/%2fmcp',
  '/mcp%00',
  '/mcp%3fx',
  '/./mcp',
  '/mcp/.',
  '/x/../mcp',
  '/%2e/mcp',
  '/mcp/x',
  '/mcp;x=1',
  '/mcp.',
  '/mc',
  'http://localhost/mcp/x',
  'http://localhost//mcp',
];

const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'TRACE', 'PROPFIND'] as const;
const JSON_TYPE = 'application/json';
/** The headers that describe a body, and whether the request has one. */
const BODIES: readonly (readonly [string | undefined, string | undefined])[] = [
  [undefined, undefined],
  [JSON_TYPE, undefined],
  [JSON_TYPE, ''],
  [JSON_TYPE, '{}'],
  [JSON_TYPE, '{"jsonrpc":'],
  ['text/plain', undefined],
  ['text/plain', 'x'],
  ['application/x-www-form-urlencoded', 'a=b'],
  ['nonsense', 'x'],
  [undefined, 'x'],
];

/** The documented response to a request that names no session. */
function documented(method: string, type: string | undefined, body: string | undefined): number {
  if (method !== 'POST') return method === 'GET' || method === 'DELETE' ? 400 : 405;
  return type === JSON_TYPE || body === undefined ? (type === JSON_TYPE ? 400 : 415) : 415;
}

describe.each(PLATFORMS)('the URLs and methods of an application on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools] }));
  });

  afterAll(() => app.close());

  describe.each(OURS)('%s', (mcp, sse, messages) => {
    it.each(METHODS)('is answered as documented for %s, with any body', async (method) => {
      for (const [type, body] of BODIES) {
        const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
        const answer = await ask(url, method, mcp, headers, body);
        const what = `${method} ${mcp} with ${type}, ${body}`;
        expect([what, answer.status]).toEqual([what, documented(method, type, body)]);
        expect([what, answer.body.slice(0, 16)]).toEqual([
          what,
          answer.status === 405 ? '' : '{"jsonrpc":"2.0"',
        ]);
        expect([what, answer.allow]).toEqual([
          what,
          answer.status === 405 ? 'POST, GET, DELETE' : undefined,
        ]);
      }
    });

    it('opens a session, ends it, and opens a stream', async () => {
      const accept = { accept: 'application/json, text/event-stream' };
      const json = { ...accept, 'content-type': JSON_TYPE };
      const opened = await fetchHead(url, mcp, json);
      expect(opened.status).toBe(200);
      const session = { 'mcp-session-id': opened.session };
      const ended = await ask(url, 'DELETE', mcp, { ...session, 'content-type': JSON_TYPE });
      expect(ended).toMatchObject({ status: 204, body: '' });
      expect(await ask(url, 'DELETE', mcp, session)).toMatchObject({ status: 404 });
      expect(await ask(url, 'GET', sse)).toMatchObject({ status: 200 });
      expect(await ask(url, 'POST', sse, json, '{}')).toMatchObject({ status: 405, allow: 'GET' });
      const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
      expect(await ask(url, 'POST', messages, json, ping)).toMatchObject({ status: 404 });
      expect(await ask(url, 'GET', messages)).toMatchObject({ status: 405, allow: 'POST' });
    });
  });

  it.each(OTHERS)('leaves %s to the application: its own 404', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
      const answer = await ask(url, method, path, { 'content-type': JSON_TYPE }, '{}');
      expect([method, answer.status]).toEqual([method, 404]);
      expect(answer.body).toContain('"error":"Not Found"');
      expect(answer.body).not.toContain('jsonrpc');
    }
  });
});

async function fetchHead(url: URL, path: string, headers: Record<string, string>) {
  const { hostname, port } = url;
  const outgoing = request({ hostname, port, method: 'POST', path, headers, agent: false });
  outgoing.end(JSON.stringify(initialize()));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.resume();
  return { status: response.statusCode, session: String(response.headers['mcp-session-id']) };
}

describe('a Fastify application that injects requests', () => {
  it('is found by the same URLs', async () => {
    const { app } = await startApp({ platform: 'fastify', providers: [ProbeTools] });
    const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
    const answer = await fastify.inject({ method: 'DELETE', url: '/MCP/?x=1' });
    expect(answer).toMatchObject({ statusCode: 400 });
    expect(answer.body).toContain('Mcp-Session-Id');
    await app.close();
  });

  it('runs the hooks of the application once, with the routed URL', async () => {
    const urls: string[] = [];
    const { app, url } = await startApp({
      platform: 'fastify',
      providers: [ProbeTools],
      configure: (nest) => {
        const fastify = nest.getHttpAdapter().getInstance() as FastifyInstance;
        fastify.addHook('onRequest', async ({ url: seen }) => void urls.push(seen));
      },
    });
    await ask(url, 'DELETE', '/MCP/');
    await ask(url, 'DELETE', '/mcp');
    expect(urls).toEqual(['/mcp', '/mcp']);
    await app.close();
  });
});
