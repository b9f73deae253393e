const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Node's timers fire at once if their delay is longer than this. */
const LONGEST = 2 ** 31 - 1;

/** A span of time: milliseconds, or a number with its unit (`'500ms'`, `'15s'`, `'30m'`, `'1h'`). */
export type Duration = number | `${number}${keyof typeof MILLISECONDS}`;

/**
 * Converts a duration to milliseconds.
 * @throws RangeError when the duration is negative, not finite, longer than 24 days, or not written as above.
 */
export function toMilliseconds(duration: Duration): number {
  if (typeof duration === 'number') return checked(duration, duration);
  if (typeof (duration as unknown) !== 'string')
    throw new RangeError(
      `a value of type ${typeof duration} is not a duration: write 500 or '15s'`,
    );
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration) ?? [];
  return checked(Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS], duration);
}

function checked(milliseconds: number, written: Duration): number {
  if (!Number.isFinite(milliseconds) || milliseconds < 0)
    throw new RangeError(
      `"${written}" is not a duration: write milliseconds, or a number with ms, s, m or h`,
    );
  if (milliseconds > LONGEST)
    throw new RangeError(`"${written}" is too long: timers take up to 24 days (596h)`);
  return milliseconds;
}
