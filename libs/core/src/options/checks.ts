import type { CanActivate } from '@nestjs/common';
import { toMilliseconds } from '../interfaces/duration.js';
import { isJsonObject } from '../interfaces/json.js';
import { iconProblems } from '../protocol/definitions/icon-check.js';
import { textProblems } from '../protocol/definitions/text-check.js';
import type { Check } from './option-row.js';

/**
 * Creates a check that reports one problem, or none.
 * @param words what the value must be, after "must be"
 */
export function must(isRight: (value: unknown) => boolean, words: string): Check {
  return (value) => (isRight(value) ? [] : [{ at: '', words: `must be ${words}` }]);
}

/** Creates a check for a list. Each entry must pass `check`. */
export function listOf(check: Check, words: string): Check {
  return (value) => {
    if (!Array.isArray(value)) return [{ at: '', words: `must be a list: ${words}` }];
    return Array.from(value as ArrayLike<unknown>).flatMap((entry, index) =>
      check(entry).map((flaw) => ({ ...flaw, at: `[${index}]${flaw.at}` })),
    );
  };
}

/** For values that are checked elsewhere: refuses only null. */
export const isGiven = must(
  (value) => value !== null,
  'a value: leave the option out for its default',
);

export const isFlag = must((value) => typeof value === 'boolean', 'true or false');

export const isCount = must(
  (value) => Number.isSafeInteger(value) && Number(value) > 0,
  'a whole number of at least 1',
);

const DURATION = "milliseconds, or a number with its unit ('500ms', '15s', '30m', '1h')";

export const isDuration = must(
  (value) => millisecondsOf(value) !== undefined,
  `a duration of at most 24 days (596h): ${DURATION}`,
);

/** For intervals, and for durations that make no sense as 0. */
export const isPause = must(
  (value) => (millisecondsOf(value) ?? 0) > 0,
  `a duration above 0, of at most 24 days (596h): ${DURATION}`,
);

function millisecondsOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  try {
    return toMilliseconds(value as number);
  } catch {
    return undefined;
  }
}

/** For text that clients show and models read. */
export const isShown: Check = (value) => textProblems(value).map((words) => ({ at: '', words }));

export const isText = must(
  (value) => typeof value === 'string' && value !== '',
  'a non-empty string',
);

/** Like {@link isShown}, and not empty. */
export const isShownName: Check = (value) =>
  [...isText(value), ...(value === '' ? [] : isShown(value))].slice(0, 1);

export const isWebsite = must(
  (value) => typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value),
  'a URL: https://example.com',
);

export const areIcons: Check = (value) =>
  iconProblems(value).map(({ path, words }) => ({ at: path, words }));

export const isFunction = (words: string): Check =>
  must((value) => typeof value === 'function', words);

export const isServerName = must(
  (value) => typeof value === 'string' && /^[\w-]+$/.test(value),
  'a name of letters, digits, - and _',
);

export const isGuardClass = isFunction('the class of a guard');

export const isGuard = must(
  (value) => typeof value === 'function' || isActivating(value),
  'the class of a guard, or an instance with canActivate()',
);

function isActivating(value: unknown): boolean {
  return hasMethods(value, ['canActivate'] satisfies (keyof CanActivate)[]);
}

export function hasMethods(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

/** A boolean, or an object with options that have their own rows. */
export const isSwitch = must(
  (value) => typeof value === 'boolean' || isJsonObject(value),
  'true, false or an object with its options',
);
