import * as fc from 'fast-check';
import { AskingFeature } from '../support/fixtures/asking.feature.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import {
  answerTo,
  type AskedClient,
  overHttp,
  overSse,
  overStdio,
  requestFor,
  responding,
} from '../support/wire/asked-client.js';
import { STATELESS, StdioWire } from '../support/wire/stdio-wire.js';

interface Served {
  readonly feature: AskingFeature;
  readonly client: AskedClient;
  readonly close: () => Promise<void>;
}

async function overUrl(
  options: Parameters<typeof startApp>[0],
  connect: (url: URL) => Promise<AskedClient>,
): Promise<Served> {
  const feature = new AskingFeature();
  const { app, url } = await startApp({ features: [feature], ...options });
  const client = await connect(url);
  return {
    feature,
    client,
    close: async () => {
      client.close();
      await app.close();
    },
  };
}

async function overPipes(): Promise<Served> {
  const feature = new AskingFeature();
  const wire = await StdioWire.start({ features: [feature] });
  await wire.initialize();
  return { feature, client: overStdio(wire), close: async () => wire.end() };
}

const SERVED: readonly (readonly [string, () => Promise<Served>])[] = [
  ...PLATFORMS.flatMap((platform) => [
    [`HTTP+SSE on ${platform}`, async () => overUrl({ platform }, overSse)] as const,
    [`Streamable HTTP on ${platform}`, async () => overUrl({ platform }, overHttp)] as const,
  ]),
  ['stdio', overPipes],
];

const ask = { method: 'test/question', params: { text: 'blue or red?', list: [1, null] } };

describe.each(SERVED)('a client over %s', (_, serve) => {
  let served: Served;
  let client: AskedClient;

  beforeEach(async () => {
    served = await serve();
    ({ client } = served);
  });

  afterEach(async () => served.close());

  it('receives a request within a call, and its result reaches the code that sent the request', async () => {
    await client.ask(1, 'test/ask', ask);
    const asked = await requestFor(client, 'test/question');
    expect(asked).toEqual({ jsonrpc: '2.0', id: expect.any(String), ...ask });
    await client.send(responding(asked, { result: { colour: 'blue' } }));
    await expect(answerTo(client, 1)).resolves.toMatchObject({
      result: { result: { colour: 'blue' } },
    });
  });

  it('may respond with an error, which keeps its code, message and data', async () => {
    await client.ask(1, 'test/ask', ask);
    const error = { code: -32_601, message: 'Method not found', data: { a: 1 } };
    await client.send(responding(await requestFor(client, 'test/question'), { error }));
    await expect(answerTo(client, 1)).resolves.toMatchObject({
      result: { error: { name: 'ClientErrorResponse', ...error } },
    });
  });

  it.each([{ result: 5 }, { error: 'no' }, { error: { code: 'x', message: 'no' } }])(
    'gets an error for a malformed response: %j',
    async (outcome) => {
      await client.ask(1, 'test/ask', ask);
      await client.send(responding(await requestFor(client, 'test/question'), outcome));
      await expect(answerTo(client, 1)).resolves.toMatchObject({
        result: { error: { failure: 'malformed' } },
      });
    },
  );

  it('is notified when a request exceeds its timeout', async () => {
    await client.ask(1, 'test/ask', { ...ask, timeoutMs: 1 });
    await expect(answerTo(client, 1)).resolves.toMatchObject({
      result: { error: { failure: 'timeout' } },
    });
    const asked = await requestFor(client, 'test/question');
    const cancelled = client.messages.find(({ method }) => method === 'notifications/cancelled');
    expect(cancelled).toMatchObject({ params: { requestId: asked.id } });
    await client.send(responding(asked, { result: {} }));
  });

  it('ends a request with the call that it belongs to', async () => {
    await client.ask(1, 'test/ask-and-leave');
    await answerTo(client, 1);
    await served.feature.until(() => served.feature.outcomes.length === 1);
    expect(served.feature.outcomes).toMatchObject([{ error: { failure: 'aborted' } }]);
  });

  it('ends a request when it cancels the call', async () => {
    await client.ask(1, 'test/ask', ask);
    const asked = await requestFor(client, 'test/question');
    await client.send({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 1 },
    });
    await served.feature.until(() => served.feature.outcomes.length === 1);
    expect(served.feature.outcomes).toMatchObject([{ error: { failure: 'aborted' } }]);
    await client.send(responding(asked, { result: {} }));
    await client.ask(2, 'test/ask-and-leave');
    await answerTo(client, 2);
    expect(client.messages.some(({ id, method }) => id === 1 && method === undefined)).toBe(false);
  });

  it('has its notifications handled by a feature, with their params and session', async () => {
    const { feature } = served;
    await client.send({ jsonrpc: '2.0', method: 'notifications/test', params: { n: 1 } });
    await client.send({ jsonrpc: '2.0', method: 'notifications/test' });
    await client.send({ jsonrpc: '2.0', method: 'notifications/test', params: [1] });
    await client.send({ jsonrpc: '2.0', method: 'notifications/test', params: { last: true } });
    await feature.until(() => feature.notified.some(({ params }) => params.last === true));
    expect(feature.notified.map(({ params }) => params)).toEqual([
      {},
      { n: 1 },
      {},
      { last: true },
    ]);
    const sessions = new Set(feature.notified.map(({ session }) => session));
    expect(sessions.size).toBe(1);
    const [session] = sessions;
    expect(session?.peer.clientInfo).toEqual({ name: 'wire', version: '1' });
  });

  it('has one outcome for each request, despite further responses, in any order', async () => {
    const stray = fc.constantFrom<object>(
      { id: 'unknown', result: {} },
      { id: 7, result: {} },
      { error: { code: -1, message: 'about what could not be read' } },
      { id: `nowhere.${'x'.repeat(22)}`, result: {} },
      { id: `${'f'.repeat(32)}.${'x'.repeat(22)}`, error: { code: -1, message: 'no' } },
    );
    let last = 100;
    await fc.assert(
      fc.asyncProperty(
        fc.array(stray, { maxLength: 3 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (strays, order, copies) => {
          const ids = order.map(() => ++last);
          for (const id of ids) await client.ask(id, 'test/ask', { method: `test/${id}` });
          for (const message of strays) await client.send({ jsonrpc: '2.0', ...message });
          for (const index of order) {
            const id = ids[index] ?? 0;
            const asked = await requestFor(client, `test/${id}`);
            for (let copy = 0; copy < copies; copy++)
              await client.send(responding(asked, { result: { id, copy } }));
          }
          for (const id of ids)
            await expect(answerTo(client, id)).resolves.toMatchObject({
              result: { result: { id, copy: 0 } },
            });
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('over stdio', () => {
  it('is not sent requests in 2026-07-28, whose notifications a feature receives without a session', async () => {
    const feature = new AskingFeature();
    const wire = await StdioWire.start({ features: [feature] });
    await expect(wire.statelessRequest(1, 'test/ask', ask)).resolves.toMatchObject({
      result: { error: { failure: 'unsupported' } },
    });
    wire.notify('notifications/test', { _meta: STATELESS, n: 1 });
    await feature.until(() => feature.notified.length === 1);
    expect(feature.notified[0]?.session).toBeUndefined();
    await wire.end();
  });

  it('ends its requests when it closes its output, since it cannot respond', async () => {
    const feature = new AskingFeature();
    const wire = await StdioWire.start({ features: [feature] });
    await wire.initialize();
    const client = overStdio(wire);
    await client.ask(1, 'test/ask', ask);
    await requestFor(client, 'test/question');
    wire.input.end();
    await expect(answerTo(client, 1)).resolves.toMatchObject({
      result: { error: { failure: 'closed' } },
    });
    await wire.done;
  });
});
