import { type Duration, toMilliseconds } from './duration.js';

describe('toMilliseconds', () => {
  it.each<[Duration, number]>([
    [0, 0],
    [1_500, 1_500],
    ['500ms', 500],
    ['15s', 15_000],
    ['0.5s', 500],
    ['30m', 1_800_000],
    ['1h', 3_600_000],
    ['0s', 0],
  ])('returns %p as %i', (duration, milliseconds) => {
    expect(toMilliseconds(duration)).toBe(milliseconds);
  });

  it.each([
    -1,
    Number.NaN,
    Infinity,
    '',
    '5',
    '5 s',
    '-5s',
    '1e3s',
    '5d',
    '5S',
    '.5s',
    's',
    '5s\n',
  ])('refuses %p, and names the valid formats', (duration) => {
    const read = () => toMilliseconds(duration as Duration);
    expect(read).toThrow(RangeError);
    expect(read).toThrow(`"${duration}" is not a duration: write milliseconds, or`);
  });

  it.each(['600h', 2 ** 31])('refuses %p, which exceeds the range of timers', (duration) => {
    expect(() => toMilliseconds(duration as Duration)).toThrow(/is too long: .* 24 days/);
  });
});
