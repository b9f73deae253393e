/** Severities of RFC 5424, lowest first, with the protocol's names (2026-07-28 logging, Log Levels). */
export const LOG_LEVELS = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const;

/** A severity of a log message to the client. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const RANKS: ReadonlyMap<unknown, number> = new Map(LOG_LEVELS.map((level, rank) => [level, rank]));

/** Case-sensitive: `Error` is not a level. */
export function isLogLevel(value: unknown): value is LogLevel {
  return RANKS.has(value);
}

/** Whether a message of this level is sent to a client that asked for `minimum`. */
export function isAtLeast(level: LogLevel, minimum: LogLevel): boolean {
  return (RANKS.get(level) ?? -1) >= (RANKS.get(minimum) ?? Infinity);
}
