import { CallDeadline } from './call-deadline.js';

describe('the deadline of a call', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('expires after its time', () => {
    const { expired } = start(100, 1_000);
    jest.advanceTimersByTime(99);
    expect(expired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(expired).toHaveBeenCalledTimes(1);
  });

  it('restarts when it is extended', () => {
    const { deadline, expired } = start(100, 1_000);
    for (let step = 0; step < 5; step++) {
      jest.advanceTimersByTime(90);
      deadline.extend();
    }
    expect(expired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(100);
    expect(expired).toHaveBeenCalledTimes(1);
  });

  it('is never extended beyond the maximum', () => {
    const { deadline, expired } = start(100, 250);
    for (let step = 0; step < 4; step++) {
      jest.advanceTimersByTime(60);
      deadline.extend();
    }
    expect(expired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10);
    expect(expired).toHaveBeenCalledTimes(1);
  });

  it('keeps a time limit that is longer than the maximum', () => {
    const { expired } = start(500, 100);
    jest.advanceTimersByTime(499);
    expect(expired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(expired).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['its time is 0', 0, (deadline: CallDeadline) => deadline.extend()],
    ['it is stopped', 100, (deadline: CallDeadline) => deadline.stop()],
    [
      'it is stopped, and extended after that',
      100,
      (deadline: CallDeadline) => {
        deadline.stop();
        deadline.extend();
      },
    ],
  ])('never expires, and leaves no timer, when %s', (_, timeoutMs, act) => {
    const { deadline, expired } = start(timeoutMs, 1_000);
    act(deadline);
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(10_000);
    expect(expired).not.toHaveBeenCalled();
  });
});

function start(timeoutMs: number, maximumMs: number) {
  const expired = jest.fn();
  const deadline = new CallDeadline({ timeoutMs, maximumMs }, expired);
  return { deadline, expired };
}
