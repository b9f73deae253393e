import { isAtLeast, isLogLevel, LOG_LEVELS } from './log-level.js';

describe('the log levels', () => {
  it('are the eight of RFC 5424, from the least severe on', () => {
    expect(LOG_LEVELS).toEqual([
      'debug',
      'info',
      'notice',
      'warning',
      'error',
      'critical',
      'alert',
      'emergency',
    ]);
  });

  it.each([...LOG_LEVELS])('include %s', (level) => {
    expect(isLogLevel(level)).toBe(true);
  });

  it.each([undefined, null, 0, 3, '', 'Error', 'warn', 'trace', 'toString', ['error']])(
    'do not include %p',
    (value) => {
      expect(isLogLevel(value)).toBe(false);
    },
  );

  it('pass levels as severe as the minimum or more, and no others', () => {
    for (const [rank, level] of LOG_LEVELS.entries())
      for (const [minimumRank, minimum] of LOG_LEVELS.entries())
        expect(isAtLeast(level, minimum)).toBe(rank >= minimumRank);
  });
});
