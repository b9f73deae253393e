import type { INestApplication } from '@nestjs/common';
import { AskingFeature } from '../support/fixtures/asking.feature.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { responding } from '../support/wire/asked-client.js';
import { HttpSession, postMcp, request } from '../support/wire/http-session.js';
import type { HttpAnswer, SseWire } from '../support/wire/sse-wire.js';
import { postStateless } from '../support/wire/stateless-request.js';

const ask = { method: 'test/question', params: { text: 'blue or red?', list: [1, null] } };

const askedOn = async (wire: SseWire): Promise<{ id?: unknown }> =>
  wire.until(() => wire.messages.find(({ method }) => method === ask.method));

describe.each(PLATFORMS)('a session on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  let feature: AskingFeature;
  const wires: SseWire[] = [];

  beforeEach(async () => {
    feature = new AskingFeature();
    ({ app, url } = await startApp({
      platform,
      features: [feature],
      mcp: { principal: ({ headers }) => String(headers['x-user'] ?? '') },
    }));
  });

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.close();
    await app.close();
  });

  const asking = async (session: HttpSession): Promise<SseWire> => {
    const wire = await session.stream(request(1, 'test/ask', ask));
    wires.push(wire);
    return wire;
  };

  it('accepts no response from another session or another user', async () => {
    const [ann, bob] = [{ 'x-user': 'ann' }, { 'x-user': 'bob' }];
    const own = await HttpSession.open(url, { headers: ann });
    const second = await HttpSession.open(url, { headers: ann });
    const wire = await asking(own);
    const asked = await askedOn(wire);
    const forged = responding(asked, { result: { forged: true } });
    expect(await own.as(url, bob).post(forged)).toMatchObject({ status: 404 });
    expect(await second.post(forged)).toMatchObject({ status: 202 });
    expect(await own.post(responding(asked, { result: { own: true } }))).toMatchObject({
      status: 202,
    });
    await expect(wire.answer(1)).resolves.toMatchObject({ result: { result: { own: true } } });
  });

  it('receives requests on its own stream, and none when it has no stream', async () => {
    const session = await HttpSession.open(url);
    await expect(session.call(1, 'test/ask-session')).resolves.toMatchObject({
      result: {
        error: { failure: 'unsupported', message: expect.stringMatching(/no event stream/) },
      },
    });
    const wire = await session.get();
    wires.push(wire);
    const answered = session.call(2, 'test/ask-session');
    const asked = await askedOn(wire);
    await session.post(responding(asked, { result: { yes: true } }));
    await expect(answered).resolves.toMatchObject({ result: { result: { yes: true } } });
  });

  it('rejects the requests on its own stream when the client ends it', async () => {
    const session = await HttpSession.open(url);
    const wire = await session.get();
    wires.push(wire);
    const answered = session.stream(request(2, 'test/ask-session'));
    await askedOn(wire);
    const [requesting] = feature.sessions;
    const other = Promise.allSettled([requesting?.request('test/other')]);
    await session.delete();
    await expect(other).resolves.toMatchObject([{ reason: { failure: 'closed' } }]);
    wires.push(await answered);
    await expect(requesting?.request('test/other')).rejects.toMatchObject({ failure: 'closed' });
  });

  it('keeps the latest 100 notifications, with their params, until there is a stream', async () => {
    const session = await HttpSession.open(url);
    const notify = async (params?: object) =>
      session.call(1, 'test/notify-session', params && { params });
    for (let n = 0; n < 103; n++) await notify({ n });
    await notify({ n: 102 });
    await notify();
    await notify();
    const wire = await session.get();
    wires.push(wire);
    await wire.until(() => (wire.messages.length >= 100 ? true : undefined));
    await notify({ last: true });
    await wire.until(() => wire.messages.find(({ params }) => Object(params).last === true));
    expect(wire.messages).toEqual([
      ...Array.from({ length: 99 }, (_, index) => ({
        jsonrpc: '2.0',
        method: 'notifications/test',
        params: { n: index + 4 },
      })),
      { jsonrpc: '2.0', method: 'notifications/test' },
      { jsonrpc: '2.0', method: 'notifications/test', params: { last: true } },
    ]);
  });

  it('is not sent requests in 2026-07-28, whose notifications a feature receives without a session', async () => {
    const { body } = await postStateless(url, { method: 'test/ask', params: ask });
    expect(JSON.parse(body)).toMatchObject({
      result: {
        error: {
          failure: 'unsupported',
          message: expect.stringMatching(/does not belong to a session/),
        },
      },
    });
    const notification = { jsonrpc: '2.0', method: 'notifications/test', params: { n: 1 } };
    const headers = { 'mcp-protocol-version': '2026-07-28' };
    expect(await postMcp(url, notification, headers)).toMatchObject({ status: 202 });
    await feature.until(() => feature.notified.length === 1);
    expect(feature.notified).toEqual([{ params: { n: 1 }, session: undefined }]);
  });
});

type Post = (message: object) => Promise<HttpAnswer>;

const withoutSession = async (url: URL): Promise<Post> =>
  Promise.resolve(async (message) => postMcp(url, message));
const withSession = async (url: URL): Promise<Post> => {
  const session = await HttpSession.open(url);
  return async (message) => session.post(message);
};

describe.each(PLATFORMS)('without a session or a stream, on %s,', (platform) => {
  it.each([
    ['without sessions', { sessions: false }, withoutSession, /does not belong to a session/],
    ['with JSON alone', { json: true }, withSession, /streamableHttp\.json/],
  ])('a request is refused with a clear message %s', async (_, streamableHttp, connect, words) => {
    const feature = new AskingFeature();
    const { app, url } = await startApp({
      platform,
      features: [feature],
      mcp: { transports: { streamableHttp } },
    });
    const post = await connect(url);
    const { body } = await post(request(1, 'test/ask', ask));
    expect(JSON.parse(body)).toMatchObject({
      result: { error: { failure: 'unsupported', message: expect.stringMatching(words) } },
    });
    await post({ jsonrpc: '2.0', method: 'notifications/test', params: { n: 1 } });
    await feature.until(() => feature.notified.some(({ params }) => params.n === 1));
    await app.close();
  });
});
