import { TokenBucket } from './token-bucket.js';

const taken = (bucket: TokenBucket, tries = 100): number =>
  Array.from({ length: tries }, () => bucket.take()).filter(Boolean).length;

describe('a token bucket', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets so many pass at once, and then so many a second', () => {
    const bucket = new TokenBucket(10);
    expect(taken(bucket)).toBe(10);
    jest.advanceTimersByTime(100);
    expect(taken(bucket)).toBe(1);
    jest.advanceTimersByTime(1_000);
    expect(taken(bucket)).toBe(10);
  });

  it('saves up no more than a second', () => {
    const bucket = new TokenBucket(10);
    jest.advanceTimersByTime(60_000);
    expect(taken(bucket)).toBe(10);
  });

  it('tells how long to wait, and is right', () => {
    const bucket = new TokenBucket(3);
    taken(bucket);
    for (let round = 0; round < 10; round++) {
      jest.advanceTimersByTime(bucket.pauseMs);
      expect(taken(bucket)).toBe(1);
    }
  });
});
