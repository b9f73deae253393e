import { type CanActivate, type ExecutionContext, UnauthorizedException } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { OpenStreams } from '../../libs/core/src/session/open-streams.js';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { type HttpAnswer, send } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

/** Admits requests with the token, and answers all others with 401. */
class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    if (headers.authorization !== 'Bearer right') throw new UnauthorizedException();
    return true;
  }
}

type Headers = Record<string, string>;

const RIGHT = { authorization: 'Bearer right' };
const WRONG: readonly Headers[] = [{}, { authorization: 'Bearer wrong' }];
const ECHO = { name: 'echo', arguments: { input: 'x' } };

describe.each(PLATFORMS)(
  'a client that is not authenticated, on Streamable HTTP of %s',
  (platform) => {
    const start = async () =>
      startApp({ platform, providers: [ProbeTools, { provide: APP_GUARD, useClass: TokenGuard }] });

    it('receives 401 for every request of a session, despite the session id', async () => {
      const { app, url } = await start();
      const session = await HttpSession.open(url, { headers: RIGHT });
      for (const headers of WRONG) {
        const other = session.as(url, headers);
        const answers: readonly HttpAnswer[] = [
          await postMcp(url, initialize(), headers),
          await other.post(request(1, 'ping')),
          await other.post(toolCall(1, 'echo', { input: 'x' })),
          await other.post({ jsonrpc: '2.0', method: 'notifications/initialized' }),
          await other.refusedGet(),
          await other.delete(),
        ];
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
        expect(answers[0]?.headers['mcp-session-id']).toBeUndefined();
      }
      expect(app.get(ProbeTools).echoed).toEqual([]);
      expect(sessionsOf(app).size).toBe(1);
      expect(await session.call(2, 'ping')).toMatchObject({ result: {} });
      await app.close();
    });

    it('receives 401 for every request without a session', async () => {
      const { app, url } = await start();
      const call = { method: 'tools/call', params: ECHO };
      expect(await postStateless(url, { ...call, headers: RIGHT })).toMatchObject({ status: 200 });
      for (const headers of WRONG)
        for (const asked of [
          call,
          { method: 'tools/list' },
          { method: 'server/discover' },
          {
            method: 'subscriptions/listen',
            params: { notifications: { toolsListChanged: true } },
          },
        ])
          expect(await postStateless(url, { ...asked, headers })).toMatchObject({ status: 401 });
      expect(app.get(ProbeTools).echoed).toEqual(['x']);
      expect(app.get(OpenStreams, { strict: false }).size).toBe(0);
      await app.close();
    });

    it('is not admitted by a token in the URL', async () => {
      const { app, url } = await start();
      const mcp = new URL('/mcp?access_token=right&authorization=Bearer%20right', url);
      const headers = { accept: 'text/event-stream, application/json' };
      for (const method of ['GET', 'DELETE'])
        expect(await send(method, mcp, headers)).toMatchObject({ status: 401 });
      const body = [Buffer.from(JSON.stringify(initialize()))];
      const json = { ...headers, 'content-type': 'application/json' };
      expect(await send('POST', mcp, json, body)).toMatchObject({ status: 401 });
      await app.close();
    });
  },
);
