import type { Provider, Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { listeningUrl, McpTestClient, type TestTransport } from '@nestmcp/testing';
import { PLATFORMS } from '../support/app/test-app.js';
import { codeOf, loaderOf } from '../support/fixtures/markdown-code.js';
import { initialize, postMcp } from '../support/wire/http-session.js';
import { stdioHarness } from '../support/wire/stdio-wire.js';
import { post, send } from '../support/wire/sse-wire.js';

const load = loaderOf(codeOf('docs/guides/guards-and-roles.md'));
const moduleOf = (name: string): Type => load(`src/${name}.module.ts`)[pascal(name)] as Type;
const pascal = (name: string): string =>
  `${name}-module`.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const jwt = new JwtService({ secret: 'for development only' });
const bearer = (sub: string) => ({ authorization: `Bearer ${jwt.sign({ sub, roles: [] })}` });
const TRANSPORTS: readonly TestTransport[] = ['sse', 'streamable-http', '2026-07-28'];

describe.each(PLATFORMS)(
  'authentication by middleware, as the guide shows it, on %s',
  (platform) => {
    const closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) await close();
    });

    const start = async (name: string, providers: Provider[] = []) => {
      const testing = await Test.createTestingModule({
        imports: [moduleOf(name)],
        providers,
      }).compile();
      const app =
        platform === 'fastify'
          ? testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter())
          : testing.createNestApplication(new ExpressAdapter());
      closing.push(() => app.close());
      const url = await listeningUrl(app);
      const connect = async (transport: TestTransport, headers = {}) => {
        const client = await McpTestClient.over(app, transport, { headers });
        closing.push(() => client.close());
        return client;
      };
      return { url, connect };
    };

    it.each(TRANSPORTS)(
      'leaves tools open that the middleware is not applied to: %s',
      async (transport) => {
        const { url, connect } = await start('left-open');
        expect(await send('GET', new URL('/users', url))).toMatchObject({ status: 401 });
        const anyone = await connect(transport);
        expect(await anyone.callText('cancel_invoice', { number: '7' })).toBe('cancelled 7');
      },
    );

    it.each(['closed', 'guarded'])('closes every path of the transports: %s', async (name) => {
      const { url } = await start(name);
      expect(await send('GET', new URL('/users', url))).toMatchObject({ status: 401 });
      expect(
        await send('GET', new URL('/sse', url), { accept: 'text/event-stream' }),
      ).toMatchObject({
        status: 401,
      });
      expect(await post(new URL('/messages?sessionId=x', url), initialize())).toMatchObject({
        status: 401,
      });
      expect(await postMcp(url, initialize())).toMatchObject({ status: 401 });
    });

    // On Fastify, middleware gets the request of Node, as the guide says.
    const knowing = platform === 'express' ? TRANSPORTS : [];
    if (knowing.length > 0)
      it.each(knowing)('lets tools know who has logged in: %s', async (transport) => {
        const { connect } = await start('guarded');
        const ann = await connect(transport, bearer('ann'));
        expect(await ann.callText('whoami')).toBe('ann');
      });

    it('denies by the guard where the middleware does not run', async () => {
      const { LoggedInGuard } = load('src/logged-in.guard.ts') as { LoggedInGuard: Type };
      const { url } = await start('left-open', [{ provide: APP_GUARD, useClass: LoggedInGuard }]);
      expect(await postMcp(url, initialize())).toMatchObject({ status: 403 });
    });
  },
);

describe('over stdio', () => {
  const start = stdioHarness();

  it('the guard runs, and the middleware does not', async () => {
    const wire = await start({ module: moduleOf('guarded') });
    await wire.initialize();
    expect(await wire.request(1, 'tools/call', { name: 'opening_hours' })).toMatchObject({
      result: { isError: true, content: [{ text: 'Forbidden resource' }] },
    });
  });
});
