import { contracted, expectRefusal } from '../support/wire/contract.js';
import { HttpSession, initialize, request, toolCall } from '../support/wire/http-session.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const PING = request(1, 'ping');
const NOTE = { jsonrpc: '2.0', method: 'notifications/initialized' };

const calls = (count: number) =>
  Array.from({ length: count }, (_, id) => toolCall(id, 'echo', { input: `${id}` }));

describe.each(PLATFORMS)('batches of Streamable HTTP on %s', (platform) => {
  const on = contracted(platform);

  let batching: HttpSession;

  beforeAll(async () => {
    batching = await HttpSession.open(on.url, { version: '2025-03-26' });
  });

  it.each(['2024-11-05', '2025-06-18', '2025-11-25'])(
    'are refused with 400 in %s',
    async (version) => {
      const other = await HttpSession.open(on.url, { version });
      expectRefusal(await other.post([toolCall(1, 'echo', { input: 'x' })]), 400, -32600);
      expect(on.tools.echoed).toEqual([]);
      await other.delete();
    },
  );

  it('are answered with one list, errors included', async () => {
    const { status, headers, body } = await batching.post([
      request(1, 'ping'),
      NOTE,
      request('1', 'none'),
      toolCall(2, 'echo', { input: 'x' }),
      { jsonrpc: '2.0', id: 9, result: {} },
    ]);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    const answers = JSON.parse(body) as { id: unknown }[];
    expect(
      answers
        .map(({ id }) => id)
        .toSorted((a, b) => (JSON.stringify(a) > JSON.stringify(b) ? 1 : -1)),
    ).toEqual(['1', 1, 2]);
  });

  it('of one request are answered with a list of one', async () => {
    expect(await batching.post([PING])).toMatchObject({
      status: 200,
      body: '[{"jsonrpc":"2.0","id":1,"result":{}}]',
    });
  });

  it('of notifications and responses are accepted with 202', async () => {
    expect(await batching.post([NOTE, NOTE, { jsonrpc: '2.0', id: 9, result: {} }])).toMatchObject({
      status: 202,
      body: '',
    });
  });

  it('may contain 16 calls; a larger batch runs none', async () => {
    expect(JSON.parse((await batching.post(calls(16))).body)).toHaveLength(16);
    on.tools.echoed.length = 0;
    expectRefusal(await batching.post(calls(17)), 429, -32603);
    expect(on.tools.echoed).toEqual([]);
  });

  it.each([
    ['initialize', [initialize()]],
    ['initialize among others', [PING, initialize()]],
    ['an id twice', [toolCall(1, 'echo', { input: 'x' }), toolCall(1, 'echo', { input: 'y' })]],
  ])('with %s are refused as a whole', async (_, batch) => {
    expectRefusal(await batching.post(batch), 400, -32600);
    expect(on.tools.echoed).toEqual([]);
  });

  it('are answered with a stream when a notification comes first', async () => {
    const progress = { progressToken: 'p' };
    const wire = await batching.stream([
      toolCall('e', 'echo', { input: 'x' }),
      toolCall('c', 'count', { to: 3 }, progress),
      NOTE,
    ]);
    await wire.end();
    const ids = wire.messages.map(({ id, method }) => id ?? method);
    expect(ids.filter((id) => id === 'notifications/progress')).toHaveLength(3);
    expect(ids.filter((id) => id === 'e' || id === 'c')).toHaveLength(2);
    expect(ids.at(-1)).toBe('c');
  });

  it('work on HTTP+SSE, message by message', async () => {
    const wire = await SseWire.open(new URL('/sse', on.url));
    await wire.initialize('2025-03-26');
    expect(await wire.post([request(1, 'ping'), NOTE, request(2, 'ping')])).toMatchObject({
      status: 202,
    });
    await Promise.all([wire.answer(1), wire.answer(2)]);
    expectRefusal(await wire.post([initialize()]), 400, -32600);
    wire.close();
  });
});
