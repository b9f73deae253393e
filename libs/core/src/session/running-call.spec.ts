import { Logger } from '@nestjs/common';
import { CallFactory } from './call.factory.js';
import { LiveCalls } from './live-calls.js';
import type { RunningCall } from './running-call.js';

const fail = (): never => {
  throw new Error('a listener failed');
};

describe('a running call', () => {
  let live: LiveCalls;
  let call: RunningCall;
  let heard: string[];
  const hears = (word: string) => (): void => void heard.push(word);

  beforeEach(() => {
    jest.spyOn(Logger, 'error').mockImplementation();
    jest.spyOn(Logger.prototype, 'error').mockImplementation();
    heard = [];
    live = new LiveCalls();
    const request = { kind: 'request', id: 1, method: 'tools/call', params: {} } as const;
    const peer = { protocolVersion: undefined, clientInfo: undefined, clientCapabilities: {} };
    const owner = { sessionId: undefined, peer, logLevel: undefined, finished: hears('owner') };
    const outlet = { notify: () => undefined, answer: hears('answer'), abandon: hears('abandon') };
    call = new CallFactory(live).create(request, owner, outlet, undefined);
  });

  afterEach(() => jest.restoreAllMocks());

  it('is live from its creation until it ends', () => {
    expect(live.size).toBe(1);
    call.answer('{}');
    expect(live.size).toBe(0);
  });

  it.each([1, 2, 3, 5])('calls %i listeners once and in order when it ends', (count) => {
    const words = Array.from({ length: count }, (_, index) => `over ${index}`);
    for (const word of words) call.whenOver(hears(word));
    call.answer('{}');
    call.answer('{}');
    call.abort(new Error('late'));
    expect(heard).toEqual(['answer', ...words, 'owner']);
  });

  it('calls the end listeners before the response, and the others after it', () => {
    call.whenOver(hears('over'));
    call.beforeAnswer(hears('first'));
    call.beforeAnswer(hears('second'));
    call.answer('{}');
    expect(heard).toEqual(['first', 'second', 'answer', 'over', 'owner']);
  });

  it('calls only the end listeners when it is dropped without a response', () => {
    call.beforeAnswer(hears('before'));
    call.whenOver(hears('over'));
    call.abort(new Error('cancelled'));
    expect(heard).toEqual(['abandon', 'over', 'owner']);
  });

  it('keeps the response and the other listeners when a listener throws', () => {
    call.beforeAnswer(fail);
    call.beforeAnswer(hears('before'));
    call.whenOver(fail);
    call.whenOver(hears('over'));
    call.answer('{}');
    expect(heard).toEqual(['before', 'answer', 'over', 'owner']);
    expect(live.size).toBe(0);
  });

  it('calls a late listener at once, and ignores its error', () => {
    call.answer('{}');
    call.whenOver(hears('late'));
    expect(() => call.whenOver(fail)).not.toThrow();
    expect(heard.at(-1)).toBe('late');
  });
});

const arrived = (live: LiveCalls): (() => void) => live.arrived({ cut: () => undefined });

describe('waiting for running calls', () => {
  it('ends for every waiter, not only for the last one', async () => {
    const live = new LiveCalls();
    const leave = arrived(live);
    const waits = [live.quiet(60_000), live.quiet(60_000), live.quiet(60_000)];
    leave();
    await expect(Promise.all(waits)).resolves.toHaveLength(3);
  });

  it('continues while one of several calls runs, and ends at once for all waiters when it is aborted', async () => {
    const live = new LiveCalls();
    const leave = arrived(live);
    arrived(live);
    const waits = Promise.all([live.quiet(60_000), live.quiet(60_000)]);
    leave();
    let isOver = false;
    void waits.then(() => (isOver = true));
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    live.stopWaiting();
    await waits;
  });

  it('ends for each waiter at its own deadline', async () => {
    const live = new LiveCalls();
    arrived(live);
    const long = live.quiet(60_000);
    await live.quiet(1);
    let isOver = false;
    void long.then(() => (isOver = true));
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    live.stopWaiting();
    await long;
  });
});
