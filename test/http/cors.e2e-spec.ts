import type { Server } from 'node:http';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { McpModule } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import { EveryClientTools } from '../support/app/clients/every-client.tools.js';
import { type HttpAnswer, post, send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const ORIGIN = 'http://localhost:3000';
const OWN = { origin: ORIGIN, credentials: true, exposedHeaders: ['X-Own'] };

@Module({
  imports: [
    McpModule.forRoot({
      name: 'cors',
      version: '1.0.0',
      limits: { bodyBytes: 1_000, inFlight: 1, streams: 3 },
    }),
  ],
  providers: [EveryClientTools],
})
class AppModule {}

/** How an application enables CORS, and the origin that its responses name. */
const WAYS = [
  ['app.enableCors() before listen()', {}, (app: INestApplication) => app.enableCors(), '*'],
  ['{ cors: true } of NestFactory', { cors: true }, () => undefined, '*'],
  ['options of its own', {}, (app: INestApplication) => app.enableCors(OWN), ORIGIN],
] as const;

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const CLIENT = { name: 'page', version: '1' };
const INITIALIZE = {
  ...PING,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT },
};
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };
const callOf = (id: number, name: string, args: object) => ({
  ...PING,
  id,
  method: 'tools/call',
  params: { name, arguments: args, _meta: { progressToken: id } },
});

const refused = (status: number, answer: () => Promise<HttpAnswer>) => [status, answer] as const;

const APPLICATIONS = PLATFORMS.flatMap((platform) =>
  WAYS.map(([way, options, configure, allowed]) => ({
    platform,
    way,
    options,
    configure,
    allowed,
  })),
);

describe.each(APPLICATIONS)(
  'an application on $platform with CORS by $way',
  ({ platform, options, configure, allowed }) => {
    let app: INestApplication;
    let mcp: URL;
    let sse: URL;
    let session: string;

    beforeAll(async () => {
      const quiet = { ...options, logger: false as const, abortOnError: false };
      app =
        platform === 'fastify'
          ? await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), quiet)
          : await NestFactory.create(AppModule, new ExpressAdapter(), quiet);
      configure(app);
      const url = await listeningUrl(app);
      mcp = new URL('/mcp', url);
      sse = new URL('/sse', url);
      const { headers } = await post(mcp, INITIALIZE, BROWSER);
      session = String(headers['mcp-session-id']);
    });

    afterAll(async () => {
      (app.getHttpServer() as Server).closeAllConnections();
      await app.close();
    });

    const BROWSER = { origin: ORIGIN, accept: 'application/json, text/event-stream' };
    const inSession = () => ({ ...BROWSER, 'mcp-session-id': session });
    const shared = (status: number) => ({
      status,
      headers: expect.objectContaining({ 'access-control-allow-origin': allowed }) as object,
    });

    it.each(['/mcp', '/sse', '/messages'])('answers the preflight of %s', async (path) => {
      const answer = await send('OPTIONS', new URL(path, mcp), {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,mcp-session-id,mcp-protocol-version',
      });
      expect(answer).toMatchObject(shared(204));
      expect(answer.headers).toMatchObject({
        'access-control-allow-headers': expect.stringContaining('mcp-session-id') as string,
        'access-control-allow-methods': expect.stringContaining('POST') as string,
      });
    });

    it('lets a page read the id of the session that it opened', async () => {
      const { headers } = await post(mcp, INITIALIZE, BROWSER);
      expect(headers).toMatchObject({
        'access-control-allow-origin': allowed,
        'mcp-session-id': expect.any(String) as string,
      });
      const exposed = String(headers['access-control-expose-headers']).split(/, */);
      expect(exposed).toEqual(allowed === '*' ? ['Mcp-Session-Id'] : ['X-Own', 'Mcp-Session-Id']);
      expect(headers['access-control-allow-credentials']).toBe(
        allowed === '*' ? undefined : 'true',
      );
    });

    it('adds the headers to responses with and without a body', async () => {
      expect(await post(mcp, PING, inSession())).toMatchObject(shared(200));
      expect(await post(mcp, INITIALIZED, inSession())).toMatchObject(shared(202));
    });

    it('adds the headers to the streams of both transports', async () => {
      const events = await SseWire.open(sse, { origin: ORIGIN });
      const own = await SseWire.open(mcp, inSession());
      for (const { response } of [events, own])
        expect(response.headers['access-control-allow-origin']).toBe(allowed);
      expect(await events.post(PING, { origin: ORIGIN })).toMatchObject(shared(202));
      events.close();
      own.close();
    });

    it('adds the headers to the stream of a call, and to the refusal of one call too many', async () => {
      const run = callOf(7, 'steps', { run: 'cors' });
      const running = post(mcp, run, inSession());
      const refusal = await busy();
      const { headers } = await post(mcp, INITIALIZE, BROWSER);
      const other = { ...BROWSER, 'mcp-session-id': String(headers['mcp-session-id']) };
      await post(mcp, INITIALIZED, other);
      await post(mcp, callOf(8, 'release', { run: 'cors' }), other);
      const answer = await running;
      expect(refusal).toMatchObject(shared(429));
      expect(answer).toMatchObject(shared(200));
      expect(answer.headers['content-type']).toBe('text/event-stream');
    });

    it('adds the headers to the end of a session', async () => {
      const { headers } = await post(mcp, INITIALIZE, BROWSER);
      const ended = { ...BROWSER, 'mcp-session-id': String(headers['mcp-session-id']) };
      expect(await send('DELETE', mcp, ended)).toMatchObject(shared(204));
    });

    it.each([
      refused(400, () => post(mcp, '{', BROWSER)),
      refused(400, () => post(mcp, PING, BROWSER)),
      refused(403, () => post(mcp, PING, { ...BROWSER, host: 'api.example.com' })),
      refused(404, () => post(mcp, PING, { ...BROWSER, 'mcp-session-id': 'none' })),
      refused(404, () => post(new URL('/messages?sessionId=none', mcp), PING, BROWSER)),
      refused(405, () => post(sse, PING, BROWSER)),
      refused(405, () => send('PUT', mcp, BROWSER)),
      refused(406, () => send('GET', mcp, { ...inSession(), accept: 'application/json' })),
      refused(413, () => post(mcp, { ...PING, params: { x: 'x'.repeat(2_000) } }, inSession())),
      refused(415, () => post(mcp, PING, { ...inSession(), 'content-type': 'text/plain' })),
    ])('adds the headers to the refusal %s', async (status, answer) => {
      expect(await answer()).toMatchObject(shared(status));
    });

    it('adds the headers to the refusal of one stream too many', async () => {
      const open = await Promise.all([1, 2, 3].map(() => SseWire.open(sse, BROWSER)));
      expect(await send('GET', sse, BROWSER)).toMatchObject(shared(503));
      for (const wire of open) wire.close();
    });

    /** The response to a call while another call runs, which may not have arrived yet. */
    async function busy(tries = 100): Promise<HttpAnswer> {
      const answer = await post(mcp, callOf(9, 'echo', { input: 'x' }), inSession());
      return answer.status === 200 && tries > 0 ? busy(tries - 1) : answer;
    }
  },
);

describe.each(PLATFORMS)('an application on %s with CORS open to every origin', (platform) => {
  it('shows a page of a refused origin why it is refused', async () => {
    const app =
      platform === 'fastify'
        ? await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
            cors: true,
            logger: false,
          })
        : await NestFactory.create(AppModule, { cors: true, logger: false });
    const url = new URL('/mcp', await listeningUrl(app));
    expect(await post(url, PING, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      headers: { 'access-control-allow-origin': '*' },
      body: expect.stringContaining('Origin not allowed') as string,
    });
    await app.close();
  });
});
