import { createServer, type RequestListener } from 'node:http';
import type { CanActivate, ExecutionContext, INestApplication } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { listeningUrl } from '@nestmcp/testing';
import { McpModule, type McpModuleOptions, type SseTransportOptions } from '@nestmcp/core';
import express from 'express';
import { BaseResolvingTransport } from '../support/app/clients/base-resolving.transport.js';
import { sdk1, sdk2 } from '../support/app/clients/sdk-clients.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { send, SseWire } from '../support/wire/sse-wire.js';
import { type Proxy, strippingProxy } from '../support/wire/stripping-proxy.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const KEY = 'k%20/1';

/** Reads the key from the query, since some clients cannot set headers. */
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<{ query: { key?: unknown } }>();
    return query.key === undefined || query.key === 'k /1';
  }
}

class KeyNeededGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<{ query: { key?: unknown } }>();
    return query.key === 'k /1';
  }
}

/** The URLs that clients find when they resolve the endpoint against the URL of the stream. */
const resolvesByStream = [
  ['SDK 1.x', sdk1('sse')],
  ['SDK 2.x', sdk2('legacy', 'sse')],
] as const;

const FORMS: readonly (readonly [string, SseTransportOptions['endpoint'], string])[] = [
  ['by default', undefined, '/api/messages'],
  ["with 'path'", 'path', '/api/messages'],
  ['with a base URL', 'https://mcp.example.com/gateway/', '/gateway/api/messages'],
  ['with a base URL without a path', 'http://localhost:1', '/api/messages'],
  ["with 'relative'", 'relative', 'messages'],
];

const baseResolving = async (base: URL, streamPath: string): Promise<string[]> => {
  const client = new Client({ name: 'base', version: '1' });
  await client.connect(new BaseResolvingTransport(base, streamPath));
  const { tools } = await client.listTools();
  await client.close();
  return tools.map(({ name }) => name);
};

const endpointOf = async (url: URL, headers: Record<string, string> = {}) => {
  const wire = await SseWire.open(url, headers);
  await wire.endpoint();
  wire.close();
  return wire.events[0]?.data.replace(/(?<=sessionId=)[\w-]{22}/, '…');
};

describe.each(PLATFORMS)('the endpoint event on %s', (platform) => {
  const apps: INestApplication[] = [];
  const proxies: Proxy[] = [];
  const start = async (mcp: Partial<McpModuleOptions> = {}) => {
    const { app, url } = await startApp({
      platform,
      providers: [ProbeTools],
      mcp,
      configure: (nest) => nest.setGlobalPrefix('api'),
    });
    apps.push(app);
    return url;
  };
  const behind = async (target: URL, headers: Record<string, string> = {}) => {
    const proxy = await strippingProxy(target, '/gateway', headers);
    proxies.push(proxy);
    return proxy.url;
  };

  afterAll(async () => {
    for (const proxy of proxies) await proxy.close();
    for (const app of apps) await app.close();
  });

  it.each(FORMS)('has, %s, the URL that the option names', async (_, endpoint, expected) => {
    const sse = { ...(endpoint !== undefined && { endpoint }) };
    const url = await start({ transports: { sse } });
    const stream = new URL('/api/sse', url);
    expect(await endpointOf(stream)).toBe(`${expected}?sessionId=…`);
    const proxied = { 'x-forwarded-prefix': '/proxy' };
    const isTold = endpoint === undefined || endpoint === 'path';
    expect(await endpointOf(stream, proxied)).toBe(
      `${isTold ? '/proxy' : ''}${expected}?sessionId=…`,
    );
  });

  describe('under a global prefix', () => {
    let url: URL;
    let withHeader: URL;
    let silent: URL;

    beforeAll(async () => {
      url = await start({ guards: [KeyGuard] });
      withHeader = await behind(url, { 'x-forwarded-prefix': '/gateway' });
      silent = await behind(await start({ transports: { sse: { endpoint: 'http://x/gateway' } } }));
    });

    it('points a client that resolves it against the base URL to its messages', async () => {
      expect(await baseResolving(url, '/api/sse')).toContain('echo');
      expect(await baseResolving(new URL('/api/', url), '/api/sse')).toContain('echo');
    });

    it.each([
      ['sends X-Forwarded-Prefix', () => withHeader],
      ['sends no header, with the option', () => silent],
    ])('points to the messages behind a proxy that strips a path and %s', async (_, proxy) => {
      expect(await baseResolving(proxy(), '/gateway/api/sse')).toContain('echo');
    });

    it.each(resolvesByStream)(
      'points %s to the messages, with and without a proxy',
      async (_, connect) => {
        for (const stream of ['/api/sse', '/gateway/api/sse']) {
          const bases = stream === '/api/sse' ? [url] : [withHeader, silent];
          for (const base of bases) {
            const client = await connect(new URL(stream, base));
            expect(await client.list()).toContain('echo');
            await client.close();
          }
        }
      },
    );

    it.each([
      '//evil.example',
      'https://evil.example',
      '/..',
      '/a/../../b',
      '/a b',
      '/a?sessionId=x&',
      `/${'a'.repeat(1_000)}`,
    ])('ignores X-Forwarded-Prefix: %.30s', async (prefix) => {
      const endpoint = await endpointOf(new URL('/api/sse', url), { 'x-forwarded-prefix': prefix });
      expect(endpoint).toBe('/api/messages?sessionId=…');
    });

    it.each([
      ['?key=k%20/1&other=%c3%a9', '&key=k%20/1&other=%c3%a9'],
      ['?sessionId=AAAAAAAAAAAAAAAAAAAAAA&key=k+/1&sessionId[]=x', '&key=k+/1'],
      ['?q="<', '&q=%22%3C'],
      ['', ''],
    ])('carries on the query %s', async (query, carried) => {
      const { pathname, host } = new URL('/api/sse', url);
      const wire = await SseWire.open(new URL(`http://${host}${pathname}${query}`));
      expect((await wire.endpoint()).search).toMatch(/^\?sessionId=[\w-]{22}/);
      expect(wire.events[0]?.data).toMatch(/^[!-~]+$/);
      expect(wire.events[0]?.data.replace(/.*sessionId=[\w-]{22}/, '')).toBe(carried);
      await wire.initialize();
      wire.close();
    });

    it('refuses a stream whose query is too long to carry on', async () => {
      const answer = await send('GET', new URL(`/api/sse?x=${'x'.repeat(9_000)}`, url));
      expect(answer).toMatchObject({ status: 414, body: expect.stringContaining('-32600') });
    });
  });

  it('lets a guard read the key of the stream with every message', async () => {
    const url = await start({ guards: [KeyNeededGuard] });
    expect(await send('GET', new URL('/api/sse', url))).toMatchObject({ status: 403 });
    for (const [, connect] of resolvesByStream) {
      const client = await connect(new URL(`/api/sse?key=${KEY}`, url));
      expect(await client.list()).toContain('echo');
      await client.close();
    }
    expect(await baseResolving(url, `/api/sse?key=${KEY}`)).toContain('echo');
  });
});

@Module({
  imports: [McpModule.forRoot({ name: 'mounted', version: '1', path: 't/:id' })],
  providers: [ProbeTools],
})
class MountedModule {}

const rewriteUrl = ({ url = '' }: { readonly url?: string }) => url.replace(/^\/outer/, '');

/** Mounted below `/outer`, which the inner application does not know. */
const MOUNTED = {
  async express() {
    const app = await NestFactory.create(MountedModule, { logger: false });
    await app.init();
    const outer = express();
    outer.use('/outer', app.getHttpAdapter().getInstance() as RequestListener);
    const server = createServer(outer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return {
      url: new URL(`http://127.0.0.1:${port}`),
      async close() {
        server.closeAllConnections();
        server.close();
        await app.close();
      },
    };
  },
  async fastify() {
    const adapter = new FastifyAdapter({ rewriteUrl });
    const app = await NestFactory.create(MountedModule, adapter, { logger: false });
    return { url: await listeningUrl(app), close: () => app.close() };
  },
};

describe.each(PLATFORMS)(
  'the endpoint event of an application that is mounted on %s',
  (platform) => {
    it('has the mount path, as the client wrote it', async () => {
      const mounted = await MOUNTED[platform]();
      const stream = '/outer/t/caf%c3%A9/sse';
      const wire = await SseWire.open(new URL(stream, mounted.url));
      expect((await wire.endpoint()).pathname).toBe('/outer/t/caf%c3%A9/messages');
      await wire.initialize();
      wire.close();
      expect(await baseResolving(mounted.url, stream)).toContain('echo');
      await mounted.close();
    });
  },
);
