import * as fc from 'fast-check';
import type { JsonObject } from '../interfaces/json.js';
import { ClientErrorResponse, ClientRequestError } from '../protocol/client-request.error.js';
import type { JsonRpcResponse } from '../protocol/json-rpc.js';
import { CallFactory } from './call.factory.js';
import { LiveCalls } from './live-calls.js';
import { nodeOf, OutgoingRequests } from './outgoing-requests.js';

interface Message {
  readonly id?: string;
  readonly method: string;
  readonly params?: JsonObject;
}

function begun() {
  const sent: Message[] = [];
  const late: Message[] = [];
  const to = (list: Message[]) => (message: string) => void list.push(JSON.parse(message));
  const requests = new OutgoingRequests('node-1', to(late));
  const send = to(sent);
  const idOf = (index: number): string => sent[index]?.id ?? '';
  return { requests, sent, late, send, idOf };
}

const response = (id: JsonRpcResponse['id'], outcome: object): JsonRpcResponse => ({
  kind: 'response',
  id,
  ...outcome,
});

const nothing = (): void => undefined;
const fail = (): never => {
  throw new Error('no socket');
};

const callOf = () => {
  const request = { kind: 'request', id: 1, method: 'tools/call', params: {} } as const;
  const peer = { protocolVersion: undefined, clientInfo: undefined, clientCapabilities: {} };
  const owner = { sessionId: undefined, peer, logLevel: undefined };
  const outlet = { notify: nothing, answer: nothing, abandon: nothing };
  return new CallFactory(new LiveCalls()).create(request, owner, outlet, undefined);
};

describe('requests of the server', () => {
  it('resolve to the result of the response', async () => {
    const { requests, sent, send, idOf } = begun();
    const asked = requests.send('roots/list', { a: 1 }, send);
    expect(sent).toEqual([
      { jsonrpc: '2.0', id: expect.any(String), method: 'roots/list', params: { a: 1 } },
    ]);
    expect(requests.settle(response(idOf(0), { result: { roots: [] } }))).toBe(true);
    await expect(asked).resolves.toEqual({ roots: [] });
    expect(requests.size).toBe(0);
  });

  it('have ids that differ, cannot be guessed, and name the node', async () => {
    const { requests, sent, send } = begun();
    const asked = Array.from({ length: 64 }, async () => requests.send('ping', undefined, send));
    const ids = sent.map(({ id }) => id ?? '');
    expect(new Set(ids).size).toBe(64);
    for (const id of ids) {
      expect(id).toMatch(/^node-1\.[\w-]{22}$/);
      expect(nodeOf(response(id, {}))).toBe('node-1');
    }
    for (const id of ids) requests.settle(response(id, { result: {} }));
    await Promise.all(asked);
  });

  it.each([
    undefined,
    1,
    5n,
    '',
    'x',
    'node-1.',
    `${'n'.repeat(41)}.${'x'.repeat(22)}`,
    '.a',
    'a_b.c',
  ])('name no node when the id is %p', (id) => {
    expect(nodeOf(response(id, {}))).toBeUndefined();
  });

  it('reject with the code, message and data of an error', async () => {
    const { requests, send, idOf } = begun();
    const asked = requests.send('ping', undefined, send);
    requests.settle(response(idOf(0), { error: { code: -1, message: 'no', data: [1] } }));
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClientErrorResponse);
    expect(error).toMatchObject({ failure: 'error', code: -1, message: 'no', data: [1] });
  });

  it.each([
    { result: 5 },
    { result: null },
    { result: [] },
    { result: 'yes' },
    { error: 'no' },
    { error: {} },
    { error: { code: 1.5, message: 'no' } },
    { error: { code: '1', message: 'no' } },
    { error: { code: 1 } },
    {},
  ])('reject when the response is malformed: %j', async (outcome) => {
    const { requests, sent, send, idOf } = begun();
    const asked = requests.send('ping', undefined, send);
    requests.settle(response(idOf(0), outcome));
    await expect(asked).rejects.toMatchObject({
      failure: 'malformed',
      message: expect.stringMatching(/'ping' is malformed/),
    });
    expect(sent).toHaveLength(1);
  });

  it('end at their timeout, and the client is notified', async () => {
    const { requests, sent, send, idOf } = begun();
    await expect(requests.send('ping', undefined, send, { timeoutMs: 1 })).rejects.toMatchObject({
      failure: 'timeout',
      message: "The client did not respond to 'ping' within 0.001 s.",
    });
    expect(sent.slice(1)).toEqual([
      {
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId: idOf(0), reason: expect.stringMatching(/did not respond/) },
      },
    ]);
    expect(requests.settle(response(idOf(0), { result: {} }))).toBe(false);
  });

  it('are cancelled when the signal is aborted, and not sent when it was aborted before', async () => {
    const { requests, sent, send } = begun();
    const leaving = new AbortController();
    const options = { signal: leaving.signal };
    const asked = requests.send('ping', undefined, send, options);
    leaving.abort(new Error('enough'));
    await expect(asked).rejects.toMatchObject({
      failure: 'aborted',
      cause: new Error('enough'),
    });
    expect(sent.map(({ method }) => method)).toEqual(['ping', 'notifications/cancelled']);
    await expect(requests.send('ping', undefined, send, options)).rejects.toMatchObject({
      failure: 'aborted',
    });
    expect(sent).toHaveLength(2);
  });

  it('are limited in number, and leave nothing behind', async () => {
    const { requests, send, sent, idOf } = begun();
    const asked = Array.from({ length: 64 }, async () => requests.send('ping', undefined, send));
    await expect(requests.send('ping', undefined, send)).rejects.toMatchObject({
      failure: 'limit',
      message: expect.stringMatching(/64 requests .* wait/),
    });
    expect(sent).toHaveLength(64);
    requests.settle(response(idOf(63), { result: {} }));
    await asked[63];
    const more = requests.send('ping', undefined, send);
    expect(requests.size).toBe(64);
    requests.close(new Error('over'));
    const ends = await Promise.allSettled([...asked.slice(0, 63), more]);
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
    expect(requests.size).toBe(0);
  });

  it('all reject with the reason when the session ends, and none is sent after that', async () => {
    const { requests, send, sent } = begun();
    const asked = [requests.send('a', undefined, send), requests.send('b', undefined, send)];
    requests.close(new Error('The client left'));
    for (const one of [...asked, requests.send('c', undefined, send)])
      await expect(one).rejects.toMatchObject({
        failure: 'closed',
        cause: new Error('The client left'),
      });
    expect(sent.map(({ method }) => method)).toEqual(['a', 'b']);
  });

  it('reject with their call, whose cancellation the session sends to the client', async () => {
    const { requests, send, sent, late, idOf } = begun();
    const [call, other] = [callOf(), callOf()];
    const asked = requests.send('a', undefined, send, undefined, call);
    const kept = requests.send('b', undefined, send, undefined, other);
    requests.callEnded(call);
    await expect(asked).rejects.toMatchObject({ failure: 'aborted' });
    expect(late).toMatchObject([
      { method: 'notifications/cancelled', params: { requestId: idOf(0) } },
    ]);
    expect(sent).toHaveLength(2);
    requests.settle(response(idOf(1), { result: {} }));
    await expect(kept).resolves.toEqual({});
  });

  it('reject with the error of the send, and are no longer counted', async () => {
    const { requests } = begun();
    await expect(requests.send('ping', undefined, fail)).rejects.toThrow('no socket');
    const unserializable = { toJSON: () => fail() };
    await expect(requests.send('ping', { unserializable }, () => undefined)).rejects.toThrow(
      'no socket',
    );
    expect(requests.size).toBe(0);
  });

  it('end once each, with their first response, for any order of responses', async () => {
    const own = fc.record({ to: fc.nat(5), outcome: fc.constantFrom(...Object.keys(OUTCOMES)) });
    const stray = fc.record({ id: fc.oneof(fc.string(), fc.integer(), fc.constant(undefined)) });
    const foreign = fc.record({ foreign: fc.nat(5) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(own, stray, foreign), { maxLength: 30 }),
        async (events) => {
          const [here, there] = [begun(), begun()];
          const asked = Array.from({ length: 6 }, async () => endOf(here));
          const theirs = Array.from({ length: 6 }, async () => endOf(there));
          const ends: string[] = Array.from({ length: 6 }, () => 'closed');
          const strays: boolean[] = [];
          for (const event of events) {
            if ('to' in event) {
              const { to, outcome } = event;
              here.requests.settle(response(here.idOf(to), OUTCOMES[outcome] ?? {}));
              if (ends[to] === 'closed') ends[to] = outcome;
              // The session does not know requests of another session.
            } else strays.push(settled(here, 'id' in event ? event.id : there.idOf(event.foreign)));
          }
          here.requests.close(new Error('over'));
          expect(await Promise.all(asked)).toEqual(ends);
          expect(strays).not.toContain(true);
          expect([here.requests.size, there.requests.size]).toEqual([0, 6]);
          there.requests.close(new Error('over'));
          await Promise.all(theirs);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** The outcome of a request when this is its first response. */
const OUTCOMES: Readonly<Record<string, object>> = {
  result: { result: { end: 'result' } },
  second: { result: { end: 'second' } },
  error: { error: { code: -1, message: 'no' } },
  malformed: { result: ['no'] },
};

async function endOf({ requests, send }: ReturnType<typeof begun>): Promise<unknown> {
  try {
    return (await requests.send('ping', undefined, send)).end;
  } catch (error) {
    return error instanceof ClientRequestError ? error.failure : error;
  }
}

const settled = ({ requests }: ReturnType<typeof begun>, id: JsonRpcResponse['id']): boolean =>
  requests.settle(response(id, { result: {} }));
