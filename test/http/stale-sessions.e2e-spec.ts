import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { InMemoryBackplane, InMemoryBackplaneHub } from '@nestmcp/core';
import { changed } from '../support/app/broken-backplanes.js';
import { expectRefusal } from '../support/wire/contract.js';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { nodes } from '../support/app/nodes.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import type { HttpAnswer } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

@Injectable()
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const incoming = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string>; user?: unknown }>();
    const { user } = incoming.headers;
    if (user !== undefined) incoming.user = { id: user };
    return true;
  }
}

const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA';
const idOf = ({ headers }: HttpAnswer): string => String(headers['mcp-session-id']);
const of = (user: string): Record<string, string> => ({ user });

/** The visible part of a response, without the id that is new each time. */
const seenOf = ({ status, headers, body }: HttpAnswer) => {
  const { 'mcp-session-id': id, date, ...others } = headers;
  return { status, body, others, hasId: typeof id === 'string', hasDate: date !== undefined };
};

const opensAnew = async (url: URL, id: string, headers: Record<string, string> = {}) => {
  const answer = await postMcp(url, initialize(), { 'mcp-session-id': id, ...headers });
  expect(answer).toMatchObject({ status: 200 });
  expect(JSON.parse(answer.body)).toMatchObject({ id: 'init', result: {} });
  expect(idOf(answer)).toMatch(/^[\w-]{22}$/);
  expect(idOf(answer)).not.toBe(id);
  const ping = await postMcp(url, request(1, 'ping'), {
    'mcp-session-id': idOf(answer),
    ...headers,
  });
  expect(ping).toMatchObject({ status: 200 });
  return answer;
};

const outOfOrder = async (): Promise<never> => Promise.reject(new Error('out of order'));

describe.each(PLATFORMS)('initialize with the id of an ended session, on %s', (platform) => {
  const { start } = nodes();
  const GUARDED = {
    platform,
    providers: [ProbeTools, { provide: APP_GUARD, useClass: HeaderGuard }],
  };

  it.each([
    ['unknown', UNKNOWN],
    ['empty', ''],
    ['a list', `${UNKNOWN}, ${UNKNOWN}`],
    ['__proto__', '__proto__'],
    ['an escape', '%00'],
    ['10,000 characters', 'x'.repeat(10_000)],
  ])('opens a session under a new id when the id is %s', async (_, id) => {
    const { url } = await start({ platform });
    await opensAnew(url, id);
    expect(await postMcp(url, request(2, 'ping'), { 'mcp-session-id': id })).toMatchObject({
      status: 404,
    });
  });

  it('opens a session after the old one was ended, and after a restart', async () => {
    const a = await start({ platform });
    const session = await HttpSession.open(a.url);
    await session.delete();
    await opensAnew(a.url, session.id);
    const restarted = await start({ platform, mcp: { backplane: new InMemoryBackplane() } });
    await opensAnew(restarted.url, session.id);
  });

  it('refuses a live session of the same user, at any node, and does not change it', async () => {
    const [a, b] = [await start(GUARDED), await start(GUARDED)];
    for (const headers of [{}, of('alice')]) {
      const session = await HttpSession.open(a.url, { headers });
      const { size } = sessionsOf(b.app);
      for (const { url } of [a, b])
        expectRefusal(await session.as(url).post(initialize()), 400, -32600, 'init');
      expect(sessionsOf(b.app).size).toBe(size);
      expect(await session.call(1, 'ping')).toMatchObject({ result: {} });
    }
  });

  it('answers for another user’s session as for an unknown one, and does not change it', async () => {
    const [a, b] = [await start(GUARDED), await start(GUARDED)];
    const theirs = await HttpSession.open(a.url, { headers: of('alice') });
    const running = theirs.post(toolCall('t', 'wait'));
    await a.tools.running(1);
    for (const { url } of [a, b])
      for (const headers of [{}, of('bob')]) {
        const foreign = await opensAnew(url, theirs.id, headers);
        const unknown = await opensAnew(url, UNKNOWN, headers);
        expect(seenOf(foreign)).toEqual(seenOf(unknown));
      }
    expect(a.tools.waiting[0]?.aborted).toBe(false);
    await theirs.delete();
    await running;
  });

  it('queries the other nodes as often for another user’s session as for an unknown one', async () => {
    const asked: string[] = [];
    const backplane = changed(new InMemoryBackplane(), ({ sessions }) => ({
      sessions: {
        put: sessions.put.bind(sessions),
        touch: sessions.touch.bind(sessions),
        remove: sessions.remove.bind(sessions),
        async get(id: string) {
          asked.push(id);
          return sessions.get(id);
        },
      },
    }));
    const { url } = await start({ ...GUARDED, mcp: { backplane } });
    const theirs = await HttpSession.open(url, { headers: of('alice') });
    asked.splice(0);
    for (const id of [theirs.id, UNKNOWN])
      await postMcp(url, initialize(), { 'mcp-session-id': id, ...of('bob') });
    expect(asked).toEqual([theirs.id, UNKNOWN]);
  });

  it('opens a session also when the other nodes cannot be queried', async () => {
    const backplane = changed(
      new InMemoryBackplane(new InMemoryBackplaneHub()),
      ({ sessions }) => ({
        sessions: {
          put: sessions.put.bind(sessions),
          touch: sessions.touch.bind(sessions),
          remove: sessions.remove.bind(sessions),
          get: outOfOrder,
        },
      }),
    );
    const { url } = await start({ platform, mcp: { backplane } });
    await opensAnew(url, UNKNOWN);
  });

  it('opens no session for a batch, nor for any other message', async () => {
    const { url } = await start({ platform });
    const headers = { 'mcp-session-id': UNKNOWN };
    for (const message of [
      [initialize()],
      [request(1, 'ping'), initialize()],
      request(1, 'ping'),
      { jsonrpc: '2.0', method: 'initialize', params: initialize().params },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    ])
      expect(await postMcp(url, message, headers)).toMatchObject({ status: 404 });
  });

  it('opens no session when initialize fails', async () => {
    const { app, url } = await start({ platform });
    const { size } = sessionsOf(app);
    const answer = await postMcp(url, request('i', 'initialize', {}), {
      'mcp-session-id': UNKNOWN,
    });
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'i', error: { code: -32602 } });
    expect(answer.headers['mcp-session-id']).toBeUndefined();
    expect(sessionsOf(app).size).toBe(size);
  });
});
