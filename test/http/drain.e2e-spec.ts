import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type OnModuleDestroy,
} from '@nestjs/common';
import { deferred } from '../support/deferred.js';
import { eventually } from '../support/eventually.js';
import { HttpSession, initialize, postMcp, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { RawClient } from '../support/wire/raw-client.js';
import { post, send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const state = {
  asked: 0,
  waiting: 0,
  asking: deferred(),
  verdict: deferred(),
  destroying: deferred(),
  destroyed: deferred(),
};

/** Delays the verdict on requests that ask for it until the test releases it. */
@Injectable()
class Guard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    state.asked++;
    const { headers } = context.switchToHttp().getRequest<{ headers: object }>();
    if ('x-wait' in headers) {
      state.waiting++;
      state.asking.resolve();
      await state.verdict.promise;
    }
    return true;
  }
}

/** Takes a while to close. */
@Injectable()
class Pool implements OnModuleDestroy {
  async onModuleDestroy(): Promise<void> {
    state.destroying.resolve();
    await state.destroyed.promise;
  }
}

const WAIT = { 'x-wait': 'yes' };
const REFUSED = { status: 503, headers: { 'retry-after': '1', connection: 'close' } };
const ECHO = { name: 'echo', arguments: { input: 'x' } };

describe.each(PLATFORMS)('the shutdown of an application, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  const start = async (drain: number, destroysAtOnce = true): Promise<void> => {
    for (const name of ['asking', 'verdict', 'destroying', 'destroyed'] as const)
      state[name] = deferred();
    if (destroysAtOnce) state.destroyed.resolve();
    ({ app, url } = await startApp({
      platform,
      providers: [ProbeTools, Pool],
      mcp: { guards: [Guard], drain },
    }));
    Object.assign(state, { asked: 0, waiting: 0 });
  };

  const closedWithin = async (milliseconds: number): Promise<void> => {
    const since = performance.now();
    await app.close();
    expect(performance.now() - since).toBeLessThan(milliseconds);
  };

  it.each([
    ['a refused POST', 'POST /mcp', { Host: 'evil.example' }],
    ['a refused PUT', 'PUT /mcp', {}],
    ['a GET', 'GET /sse', {}],
    ['a DELETE', 'DELETE /mcp', {}],
    ['a POST', 'POST /mcp', {}],
    ['a GET of the application’s own', 'GET /nowhere', { 'Content-Type': 'text/plain' }],
  ])('does not wait for the body of %s', async (_, line, headers) => {
    await start(25_000);
    const client = await RawClient.connect(url);
    const common = { Host: url.host, 'Content-Type': 'application/json', Accept: '*/*' };
    await client.request(line, { ...common, 'Content-Length': '1000', ...headers }, '{');
    // A second connection, so that what the first has sent is read by then.
    await send('GET', new URL('/nowhere', url));
    await closedWithin(2_000);
    await client.closed();
  });

  it.each([
    ['POST /mcp with a session', async () => (await HttpSession.open(url)).post(CALL, WAIT)],
    ['POST /mcp without one', async () => postStateless(url, { ...STATELESS_CALL, headers: WAIT })],
    ['POST /messages', async () => (await sse()).post(CALL, WAIT)],
    ['GET /sse', async () => send('GET', new URL('/sse', url), WAIT)],
    ['GET /mcp', async () => (await HttpSession.open(url)).refusedGet(WAIT)],
    ['DELETE /mcp', async () => send('DELETE', new URL('/mcp', url), WAIT)],
  ])('ends %s, whose guard never returns a verdict', async (name, ask) => {
    await start(50);
    const answer = ask();
    await state.asking.promise;
    await closedWithin(2_000);
    const { status, headers, body } = await answer;
    expect({ status, headers }).toMatchObject(REFUSED);
    expect(JSON.parse(body)).toMatchObject({ error: { code: -32603 } });
    if (name.startsWith('POST')) expect(JSON.parse(body)).toMatchObject({ id: 1 });
    state.verdict.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(app.get(ProbeTools).echoed).toEqual([]);
  });

  it('waits for a guard until its deadline, and for the call that follows', async () => {
    await start(25_000);
    const session = await HttpSession.open(url);
    const answers = [
      session.post(CALL, WAIT),
      postStateless(url, { ...STATELESS_CALL, headers: WAIT }),
      (await sse()).post(CALL, WAIT),
    ];
    await eventually(() => state.waiting === answers.length);
    const closed = app.close();
    state.verdict.resolve();
    const [ofSession, statelessRequest] = await Promise.all(answers);
    expect(ofSession).toMatchObject({ status: 200 });
    // This revision begins nothing new while the application closes.
    expect(statelessRequest).toMatchObject({ status: 503 });
    await closed;
    expect(app.get(ProbeTools).echoed).toEqual(['x', 'x']);
  });

  it('runs nothing on providers that are being destroyed, on any transport', async () => {
    await start(25_000, false);
    const session = await HttpSession.open(url);
    const wire = await sse();
    const endpoint = await wire.endpoint();
    const stream = new URL('/sse', url);
    await session.post(CALL);
    const closed = app.close();
    await state.destroying.promise;
    state.asked = 0;
    const answers = await Promise.all([
      session.post(CALL),
      session.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } }),
      session.delete(),
      session.refusedGet(),
      postMcp(url, initialize()),
      postStateless(url, STATELESS_CALL),
      post(endpoint, CALL),
      send('GET', stream, { accept: 'text/event-stream' }),
    ]);
    for (const answer of answers) expect(answer).toMatchObject(REFUSED);
    expect(state.asked).toBe(0);
    expect(app.get(ProbeTools).echoed).toEqual(['x']);
    state.destroyed.resolve();
    await closed;
  });

  const sse = async (): Promise<SseWire> => {
    const wire = await SseWire.open(new URL('/sse', url));
    await wire.initialize();
    return wire;
  };
});

const CALL = toolCall(1, 'echo', { input: 'x' });
const STATELESS_CALL = { id: 1, method: 'tools/call', params: ECHO };
