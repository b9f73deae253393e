import { InMemoryBackplane, InMemoryBackplaneHub } from '@nestmcp/core';
import type { Envelope } from '@nestmcp/core';
import { AskingFeature } from '../support/fixtures/asking.feature.js';
import { nodes } from '../support/app/nodes.js';
import { PLATFORMS } from '../support/app/test-app.js';
import {
  answerTo,
  type AskedClient,
  overHttp,
  overSse,
  requestFor,
  responding,
} from '../support/wire/asked-client.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import type { Message } from '../support/wire/stdio-wire.js';

const ask = { method: 'test/question', params: { text: 'blue or red?' } };
const REPLY = { result: { colour: 'blue' } };

describe.each(PLATFORMS)('server requests among several nodes on %s', (platform) => {
  let hub = new InMemoryBackplaneHub();
  const { start } = nodes(() => (hub = new InMemoryBackplaneHub()));
  const clients: AskedClient[] = [];

  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const node = async (backplane = new InMemoryBackplane(hub)) => {
    const feature = new AskingFeature();
    const { app, url } = await start({ platform, features: [feature], mcp: { backplane } });
    return { app, url, feature, backplane };
  };
  const opened = async (client: Promise<AskedClient>): Promise<AskedClient> => {
    clients.push(await client);
    return client;
  };

  it('are sent on the stream at one node, and the response reaches the node that sent the request', async () => {
    const [a, b] = [await node(), await node()];
    const client = await opened(overSse(a.url, b.url));
    await client.ask(1, 'test/ask', ask);
    await client.send(responding(await requestFor(client, ask.method), REPLY));
    await expect(answerTo(client, 1)).resolves.toMatchObject({ result: REPLY });
  });

  it.each([
    ['HTTP+SSE', overSse],
    ['Streamable HTTP', overHttp],
  ])('reach the code that sent the request from another node over %s', async (_, connect) => {
    const [a, b] = [await node(), await node()];
    const client = await opened(connect(a.url));
    await client.ask(1, 'test/ask', ask);
    const asked = await requestFor(client, ask.method);
    const elsewhere = client.at(b.url);
    await elsewhere(responding(asked, REPLY));
    await expect(answerTo(client, 1)).resolves.toMatchObject({ result: REPLY });
    // A second response, at either node, changes nothing.
    await elsewhere(responding(asked, { result: { colour: 'red' } }));
    await client.send(responding(asked, { result: { colour: 'red' } }));
    expect(a.feature.outcomes).toEqual([REPLY]);
  });

  it('reach it with an error, and with a malformed response, too', async () => {
    const [a, b] = [await node(), await node()];
    const client = await opened(overHttp(a.url));
    const elsewhere = client.at(b.url);
    const error = { code: -32_601, message: 'Method not found', data: { a: 1 } };
    for (const [id, outcome] of [{ error }, { result: null }].entries()) {
      await client.ask(id, 'test/ask', { method: `test/${id}` });
      await elsewhere(responding(await requestFor(client, `test/${id}`), outcome));
      await answerTo(client, id);
    }
    expect(a.feature.outcomes).toMatchObject([{ error }, { error: { failure: 'malformed' } }]);
  });

  it('reach a stream that another node holds, with notifications and their params', async () => {
    const [a, b] = [await node(), await node()];
    const client = await opened(overSse(a.url, b.url));
    await client.ask(1, 'test/notify-session', { params: { n: 1 } });
    await answerTo(client, 1);
    expect(client.messages.find(({ method }) => method === 'notifications/test')).toEqual({
      jsonrpc: '2.0',
      method: 'notifications/test',
      params: { n: 1 },
    });
    await client.ask(2, 'test/ask-session');
    await client.send(responding(await requestFor(client, 'test/question'), REPLY));
    await expect(answerTo(client, 2)).resolves.toMatchObject({ result: REPLY });
  });

  it('end with the session, on any node that sent them', async () => {
    const [a, b] = [await node(), await node()];
    const client = await opened(overSse(a.url, b.url));
    await client.ask(1, 'test/ask', ask);
    await requestFor(client, ask.method);
    client.close();
    await b.feature.until(() => b.feature.outcomes.length === 1);
    expect(b.feature.outcomes).toMatchObject([{ error: { failure: 'closed' } }]);
    await sessionsOf(a.app).untilEmpty();
  });

  it('ignore an envelope as response when its principal, server or session differs', async () => {
    const [a, b] = [await node(), await node()];
    const client = await opened(overHttp(a.url));
    const other = await opened(overHttp(a.url));
    await client.ask(1, 'test/ask', ask);
    const asked = await requestFor(client, ask.method);
    const { sessionId: sid } = client;
    const record = await a.backplane.sessions.get(sid);
    const envelope = (over: Partial<Envelope>, id: number): Envelope => ({
      v: 1,
      id: `forged-${id}`,
      kind: 'reply',
      sid,
      ph: record?.record.principal ?? '',
      server: 'default',
      data: JSON.stringify(responding(asked, { result: { forged: true } })),
      ...over,
    });
    const request = { jsonrpc: '2.0', id: asked.id, method: 'ping' };
    const forged = [
      { ph: 'somebody' },
      { server: 'other' },
      { sid: other.sessionId },
      { sid: 'unknown' },
      { data: 'no JSON' },
      { data: JSON.stringify(request) },
      { data: JSON.stringify([responding(asked, REPLY)]) },
    ].map(envelope);
    const { signal } = new AbortController();
    for (const one of forged)
      await expect(b.backplane.send(a.backplane.nodeId, one, { signal })).resolves.toBe('accepted');
    await b.backplane.send(a.backplane.nodeId, envelope({ data: replyTo(asked) }, 99), { signal });
    await expect(answerTo(client, 1)).resolves.toMatchObject({ result: REPLY });
    expect(a.feature.outcomes).toEqual([REPLY]);
  });
});

const replyTo = (asked: Message): string => JSON.stringify(responding(asked, REPLY));
