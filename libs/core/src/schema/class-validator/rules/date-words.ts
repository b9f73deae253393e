import type { Rule } from '../metadata/class-rules.js';

export const DATE_TIME = 'must be a date-time such as 2026-01-31T12:00:00Z';
const ISO_DATE = 'must be an ISO 8601 date, such as 2026-01-31 or 2026-01-31T12:00:00Z';

/** What the rules about dates and times accept, with the form. The texts of class-validator do not say it. */
const WORDS: Readonly<Record<string, (constraint: unknown) => string>> = {
  isDate: () => DATE_TIME,
  isDateString: () => ISO_DATE,
  isIso8601: () => ISO_DATE,
  isRFC3339: () => 'must be an RFC 3339 date-time, such as 2026-01-31T12:00:00Z',
  isMilitaryTime: () => 'must be a time of a 24-hour clock, such as 09:30',
  isTimeZone: () => 'must be an IANA time zone, such as Europe/Berlin',
  minDate: (least) => `must not be before ${dateText(least)}`,
  maxDate: (most) => `must not be after ${dateText(most)}`,
};

/** What a rule about dates or times accepts; undefined for other rules. */
export function dateWords(name: string | undefined, constraint: unknown): string | undefined {
  return name !== undefined && Object.hasOwn(WORDS, name) ? WORDS[name]?.(constraint) : undefined;
}

/** The message of a rule of class-validator about dates; undefined for other rules. */
export function dateMessage(rule: Rule): string | undefined {
  const words = dateWords(rule.name, rule.constraints?.[0]);
  return words !== undefined && rule.each ? `each value ${words}` : words;
}

/** `@MinDate()` accepts a function, too. */
function dateText(constraint: unknown): string {
  const date: unknown = typeof constraint === 'function' ? constraint() : constraint;
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : String(date);
}
