import type { JsonObject } from '../../interfaces/json.js';
import type { LogLevel } from '../../interfaces/log-level.js';
import { CallFactory } from '../../session/call.factory.js';
import { LiveCalls } from '../../session/live-calls.js';
import { McpContext } from '../context/mcp-context.js';

interface Message {
  readonly id?: number;
  readonly params?: JsonObject;
}

/** A call with its context, and the messages that its client received. */
function begun(meta: JsonObject = {}, logLevel?: LogLevel, perSecond = 5) {
  const sent: Message[] = [];
  const send = (message: string): void => void sent.push(JSON.parse(message) as Message);
  const outlet = { notify: send, answer: send, abandon: () => undefined };
  const owner = {
    sessionId: undefined,
    peer: { protocolVersion: '2025-11-25', clientInfo: undefined, clientCapabilities: {} },
    logLevel,
  };
  const request = {
    kind: 'request',
    id: 1,
    method: 'tools/call',
    params: { _meta: meta },
  } as const;
  const call = new CallFactory(new LiveCalls()).create(request, owner, outlet, undefined);
  const logData = jest.fn((data: unknown) => data);
  const extended = jest.fn();
  const terms = { progressPerSecond: perSecond, logPerSecond: perSecond, logData };
  const ctx = new McpContext(
    call,
    { kind: 'tool', name: 'tool', where: 'Tools.tool()' },
    terms,
    extended,
  );
  const answer = (): void => call.answer('{"id":1}');
  const params = (): (JsonObject | undefined)[] => sent.map((message) => message.params);
  return { call, ctx, sent, params, answer, logData, extended };
}

const progressOf = (params: readonly (JsonObject | undefined)[]): unknown[] =>
  params.filter((each) => each !== undefined).map(({ progress }) => progress);

const rises = (values: readonly unknown[]): boolean =>
  values.every((value, index) => index === 0 || Number(value) > Number(values[index - 1]));

describe('progress', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is sent at once within the rate', () => {
    const { ctx, params } = begun({ progressToken: 0 });
    for (let step = 1; step <= 5; step++) void ctx.progress(step, 5, `step ${step}`);
    expect(progressOf(params())).toEqual([1, 2, 3, 4, 5]);
    expect(params()[4]).toEqual({ progressToken: 0, progress: 5, total: 5, message: 'step 5' });
  });

  it('beyond the rate is sent at the rate, each time the latest value', () => {
    const { ctx, params } = begun({ progressToken: 't' });
    for (let step = 1; step <= 2_000; step++) {
      void ctx.progress(step);
      jest.advanceTimersByTime(1);
    }
    const values = progressOf(params());
    expect(values.length).toBeGreaterThanOrEqual(14);
    expect(values.length).toBeLessThanOrEqual(5 + 2 * 5);
    expect(rises(values)).toBe(true);
  });

  it('that was held back is sent as soon as the rate allows, without a further report', () => {
    const { ctx, params } = begun({ progressToken: 't' });
    for (let step = 1; step <= 100; step++) void ctx.progress(step);
    expect(progressOf(params())).toEqual([1, 2, 3, 4, 5]);
    jest.advanceTimersByTime(200);
    expect(progressOf(params())).toEqual([1, 2, 3, 4, 5, 100]);
    jest.advanceTimersByTime(5_000);
    expect(progressOf(params())).toHaveLength(6);
  });

  it('that was held back is sent ahead of the response, and none after it', () => {
    const { ctx, sent, params, answer } = begun({ progressToken: 't' });
    for (let step = 1; step <= 100; step++) void ctx.progress(step);
    answer();
    void ctx.progress(101);
    jest.advanceTimersByTime(5_000);
    expect(progressOf(params())).toEqual([1, 2, 3, 4, 5, 100]);
    expect(sent.at(-1)).toEqual({ id: 1 });
  });

  it('is not sent for a call that was aborted', () => {
    const { ctx, call, params } = begun({ progressToken: 't' });
    for (let step = 1; step <= 100; step++) void ctx.progress(step);
    call.abort(new Error('cancelled'));
    jest.advanceTimersByTime(5_000);
    expect(progressOf(params())).toEqual([1, 2, 3, 4, 5]);
  });

  it('extends the time of a call, sent or not', () => {
    const held = begun({ progressToken: 't' });
    for (let step = 1; step <= 100; step++) void held.ctx.progress(step);
    expect(held.extended).toHaveBeenCalledTimes(100);
    const unwanted = begun();
    void unwanted.ctx.progress(1);
    expect(unwanted.extended).toHaveBeenCalledTimes(1);
    expect(unwanted.sent).toEqual([]);
  });

  it('only rises, even if the values of a tool do not', () => {
    const { ctx, params } = begun({ progressToken: 't' }, undefined, 100);
    for (const value of [3, 3, 2, Number.NaN, Infinity, 4, -1, 5]) void ctx.progress(value);
    expect(progressOf(params())).toEqual([3, 4, 5]);
  });
});

describe('log messages', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('have their level and the name of the tool', () => {
    const { ctx, params } = begun({}, 'debug', 10);
    ctx.log.debug('a');
    ctx.log.info({ b: 1 });
    ctx.log.notice('c', { logger: 'db' });
    ctx.log.warning('d', { data: [1] });
    ctx.log.error('e');
    ctx.log.critical('f');
    ctx.log.alert('g');
    ctx.log.emergency(undefined);
    expect(params()).toEqual([
      { level: 'debug', logger: 'tool', data: 'a' },
      { level: 'info', logger: 'tool', data: { b: 1 } },
      { level: 'notice', logger: 'db', data: 'c' },
      { level: 'warning', logger: 'tool', data: { message: 'd', data: [1] } },
      { level: 'error', logger: 'tool', data: 'e' },
      { level: 'critical', logger: 'tool', data: 'f' },
      { level: 'alert', logger: 'tool', data: 'g' },
      { level: 'emergency', logger: 'tool', data: null },
    ]);
  });

  it("below the client's level do no work", () => {
    const { ctx, sent, logData } = begun({}, 'error');
    ctx.log.warning('a');
    expect(ctx.log.isWanted('warning')).toBe(false);
    expect(ctx.log.isWanted('error')).toBe(true);
    expect([sent, logData.mock.calls]).toEqual([[], []]);
  });

  it('are not sent to a client that requested none', () => {
    const { ctx, sent, logData } = begun();
    ctx.log.emergency('a');
    expect([sent, logData.mock.calls]).toEqual([[], []]);
  });

  it('are dropped above the limit, and counted before the response', () => {
    const { ctx, sent, answer, logData } = begun({}, 'info');
    for (let each = 0; each < 12; each++) ctx.log.info(each);
    answer();
    expect(logData).toHaveBeenCalledTimes(5);
    expect(sent.slice(5)).toEqual([
      expect.objectContaining({
        params: {
          level: 'warning',
          logger: 'tool',
          data: '7 log messages were dropped: too many in a short time',
        },
      }),
      { id: 1 },
    ]);
  });

  it('that were dropped are counted at a level that the client asked for', () => {
    const { ctx, params, answer } = begun({}, 'alert');
    for (let each = 0; each < 6; each++) ctx.log.emergency(each);
    answer();
    expect(params()[5]).toEqual({
      level: 'alert',
      logger: 'tool',
      data: '1 log message was dropped: too many in a short time',
    });
  });

  it('are not sent after the response', () => {
    const { ctx, sent, answer, logData } = begun({}, 'debug');
    answer();
    ctx.log.emergency('late');
    expect(ctx.log.isWanted('emergency')).toBe(false);
    expect([sent, logData.mock.calls]).toEqual([[{ id: 1 }], []]);
  });
});
