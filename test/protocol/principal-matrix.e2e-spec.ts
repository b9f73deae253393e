import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { InMemoryBackplane, InMemoryBackplaneHub, McpTool, McpToolType } from '@nestmcp/core';
import { HttpSession, postMcp, toolCall } from '../support/wire/http-session.js';
import { nodes, type TestNode } from '../support/app/nodes.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { type HttpAnswer, post, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp, type TestAppOptions } from '../support/app/test-app.js';

/** The user that the header names, as a guard with tokens would find it. */
@Injectable()
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Headers; user?: unknown }>();
    const { user } = request.headers;
    if (user !== undefined) request.user = JSON.parse(user) as unknown;
    return true;
  }
}

type Headers = Record<string, string>;
const as = (user: object | undefined): Headers =>
  user === undefined ? {} : { user: JSON.stringify(user) };

const OWNER = { iss: 'https://idp.example', sub: 'alice', client_id: 'desk' };
const STRANGERS: readonly (readonly [who: string, user: object | undefined])[] = [
  ['another subject', { ...OWNER, sub: 'mallory' }],
  ['the subject of another issuer', { ...OWNER, iss: 'https://evil.example' }],
  ['the subject by another client', { ...OWNER, client_id: 'phone' }],
  ['the subject without an issuer', { sub: 'alice', client_id: 'desk' }],
  [
    'whoever glues the parts together',
    { iss: '', sub: 'https://idp.example,alice', client_id: 'desk' },
  ],
  ['nobody', undefined],
];
const GUARDED: TestAppOptions = {
  providers: [ProbeTools, { provide: APP_GUARD, useClass: HeaderGuard }],
};
const seenOf = ({ status, body }: HttpAnswer) => ({ status, body });

/** Every request that can name a session, and the response to it. */
const everything = async (session: HttpSession, eventId: string): Promise<HttpAnswer[]> => [
  await session.post(toolCall(1, 'echo', { input: 'x' })),
  await session.post({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  await session.post({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 'running' },
  }),
  await session.post({ jsonrpc: '2.0', id: 'running', result: {} }),
  await session.refusedGet(),
  await session.refusedGet({ 'last-event-id': eventId }),
  await session.delete(),
];

/** A session that no request can find any more, because it was ended. */
const gone = async (at: TestNode): Promise<HttpSession> => {
  const session = await HttpSession.open(at.url, { headers: as(OWNER) });
  await session.delete();
  return session;
};

describe.each(PLATFORMS)('sessions of users on %s', (platform) => {
  const { start } = nodes();
  const wires: SseWire[] = [];
  const opened = async (wire: Promise<SseWire>): Promise<SseWire> => {
    wires.push(await wire);
    return wire;
  };
  const node = () => start({ platform, ...GUARDED });

  afterEach(() => {
    for (const wire of wires.splice(0)) wire.close();
  });

  it('of Streamable HTTP are unknown to other users, on every node', async () => {
    const [a, b] = [await node(), await node()];
    const session = await HttpSession.open(a.url, { headers: as(OWNER) });
    const stream = await opened(session.get());
    const { id: eventId = '' } = await stream.until(() => stream.events[0]);
    const running = session.post(toolCall('running', 'wait'));
    await a.tools.running(1);
    const ended = (await everything(await gone(a), eventId)).map(seenOf);
    for (const [, user] of STRANGERS)
      for (const { url } of [a, b]) {
        const answers = await everything(session.as(url, as(user)), eventId);
        expect(answers.map(seenOf)).toEqual(ended);
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
        const foreign = await postMcp(url, toolCall(1, 'echo'), {
          ...as(user),
          'mcp-session-id': 'AAAAAAAAAAAAAAAAAAAAAA',
        });
        expect(seenOf(foreign)).toEqual(ended[0]);
      }
    for (const { tools } of [a, b]) expect(tools.echoed).toEqual([]);
    expect(a.tools.waiting[0]?.aborted).toBe(false);
    for (const { url } of [a, b])
      expect(await session.as(url).call(2, 'ping')).toMatchObject({ result: {} });
    expect(await session.as(b.url).delete()).toMatchObject({ status: 204 });
    await running;
  });

  it('of HTTP+SSE are unknown to other users, on every node', async () => {
    const [a, b] = [await node(), await node()];
    const wire = await opened(SseWire.open(new URL('/sse', a.url), as(OWNER)));
    const { pathname, search } = await wire.endpoint();
    const posting = (at: TestNode, headers: Headers) => async (message: object) =>
      post(new URL(`${pathname}${search}`, at.url), { jsonrpc: '2.0', ...message }, headers);
    const own = posting(b, as(OWNER));
    const params = { protocolVersion: '2025-11-25', capabilities: {} };
    await own({ id: 'i', method: 'initialize', params });
    await wire.answer('i');
    await own(toolCall('running', 'wait'));
    await b.tools.running(1);
    const { length } = wire.events;
    const unknown = new URL('/messages?sessionId=AAAAAAAAAAAAAAAAAAAAAA', a.url);
    const none = seenOf(await post(unknown, toolCall(1, 'echo'), as(OWNER)));
    for (const [, user] of STRANGERS)
      for (const at of [a, b]) {
        const send = posting(at, as(user));
        for (const message of [
          toolCall(1, 'echo', { input: 'x' }),
          { method: 'notifications/cancelled', params: { requestId: 'running' } },
          { id: 'running', result: {} },
          { id: 'i2', method: 'initialize', params },
        ])
          expect(seenOf(await send(message))).toEqual(none);
      }
    await own({ id: 2, method: 'ping' });
    await wire.answer(2);
    expect(wire.events).toHaveLength(length + 1);
    expect(b.tools.waiting[0]?.aborted).toBe(false);
  });

  it('can be continued by a second GET of the same user, also with a renewed token', async () => {
    const a = await node();
    const session = await HttpSession.open(a.url, { headers: as(OWNER) });
    const first = await opened(session.get());
    await first.until(() => first.events[0]);
    const renewed = as({ ...OWNER, exp: 2_000_000_000, scope: 'more' });
    const second = await opened(session.as(a.url, renewed).get());
    expect(second.status).toBe(200);
    await first.end();
    await second.until(() => second.events[0]);
  });

  it('are never adopted from an id that a client names', async () => {
    const a = await node();
    const named = { 'mcp-session-id': 'my-own-session-id-00000' };
    const init = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} };
    const params = { protocolVersion: '2025-11-25', capabilities: {} };
    const answer = await postMcp(a.url, { ...init, params }, named);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers['mcp-session-id']).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await postMcp(a.url, { ...init, method: 'ping' }, named)).toMatchObject({ status: 404 });
    const session = await HttpSession.open(a.url);
    expect(session.id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});

@McpToolType()
class Nothing {
  @McpTool()
  nothing(): string {
    return '';
  }
}

const open = async (options: TestAppOptions, headers: Headers = {}) => {
  const { app, url } = await startApp({
    ...options,
    providers: [Nothing, { provide: APP_GUARD, useClass: HeaderGuard }],
  });
  return { app, session: await HttpSession.open(url, { headers }), url };
};

const principal = (request: { headers: Record<string, unknown> }) =>
  request.headers['x-tenant'] as string | undefined;

describe('the principal of a request', () => {
  it('is the value of the option `principal`', async () => {
    const { app, session, url } = await open({ mcp: { principal } }, { 'x-tenant': 'blue' });
    expect(await session.post({ jsonrpc: '2.0', id: 1, method: 'ping' })).toMatchObject({
      status: 200,
    });
    for (const other of [{ 'x-tenant': 'red' }, { 'x-tenant': '' }, as(OWNER), {}])
      expect(await session.as(url, other).delete()).toMatchObject({ status: 404 });
    await app.close();
  });

  it('is undefined when the option returns an empty text', async () => {
    const { app, session } = await open({ mcp: { principal: () => '' } });
    const first = await session.get();
    expect(await session.refusedGet()).toMatchObject({ status: 409 });
    first.close();
    await app.close();
  });

  it.each([
    ['id', { id: 7 }, { id: 8 }],
    ['userId', { userId: 'u' }, { userId: 'v' }],
    ['sub before id', { sub: 's', id: 1 }, { sub: 't', id: 1 }],
  ])('is identified by %s', async (_, user, other) => {
    const { app, session, url } = await open({}, as(user));
    expect(await session.as(url, as(other)).delete()).toMatchObject({ status: 404 });
    expect(await session.delete()).toMatchObject({ status: 204 });
    await app.close();
  });

  it('is undefined for a user without identity, which is logged once', async () => {
    const warn = jest.fn();
    const logger = { log: () => undefined, error: () => undefined, warn };
    const { app, session, url } = await open({ logger }, as({ name: 'Alice' }));
    await session.call(1, 'ping');
    expect(await session.as(url, as({ email: 'b@example.com' })).delete()).toMatchObject({
      status: 204,
    });
    const lines = warn.mock.calls.map(([line]) => String(line));
    expect(lines.filter((line) => line.startsWith('MCP103'))).toHaveLength(1);
    await app.close();
  });

  it('is never stored: the directory has a digest', async () => {
    const hub = new InMemoryBackplaneHub();
    const backplane = new InMemoryBackplane(hub);
    const { app, session } = await open({ mcp: { backplane } }, as(OWNER));
    const found = JSON.stringify(await hub.sessions.get(session.id));
    for (const secret of Object.values(OWNER)) expect(found).not.toContain(secret);
    await app.close();
  });
});
