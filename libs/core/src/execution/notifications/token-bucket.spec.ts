import { TokenBucket } from './token-bucket.js';

const passed = (bucket: TokenBucket, tries = 100): number =>
  Array.from({ length: tries }, () => bucket.take()).filter(Boolean).length;

describe('a token bucket', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes a burst, and then a fixed number per second', () => {
    const bucket = new TokenBucket(10);
    expect(passed(bucket)).toBe(10);
    jest.advanceTimersByTime(100);
    expect(passed(bucket)).toBe(1);
    jest.advanceTimersByTime(1_000);
    expect(passed(bucket)).toBe(10);
  });

  it('saves at most one second', () => {
    const bucket = new TokenBucket(10);
    jest.advanceTimersByTime(60_000);
    expect(passed(bucket)).toBe(10);
  });

  it('reports how long to wait', () => {
    const bucket = new TokenBucket(3);
    passed(bucket);
    for (let round = 0; round < 10; round++) {
      jest.advanceTimersByTime(bucket.pauseMs);
      expect(passed(bucket)).toBe(1);
    }
  });
});
