import { AssertionError, deepStrictEqual, strictEqual } from 'node:assert';
import { outcomeOf, type Outcome, statusOf, unexpected, wordsOf } from './outcome.js';

/** The exact text, or a pattern that the text must match. */
export type Words = string | RegExp;

/** Stack frames of this package, which do not help the author of a test. */
const OWN_FRAME = /^ +at (?:checked|ToolCall|ToolListing)\b/;

/**
 * Checks the outcome of a promise. A failure has the stack of the line with the expectation, which the stack of the
 * promise would not include.
 */
export async function checked<Value, Given>(
  promise: Promise<Value>,
  check: (outcome: Outcome<Value>) => Given,
): Promise<Given> {
  const here = framesOf(new Error());
  const outcome = await outcomeOf(promise);
  try {
    return check(outcome);
  } catch (error) {
    if (error instanceof AssertionError)
      error.stack = [`${error.name}: ${error.message}`, ...here].join('\n');
    throw error;
  }
}

function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^ +at /.test(line) && !OWN_FRAME.test(line));
}

export function sameText(actual: string, expected: Words): void {
  if (typeof expected === 'string') strictEqual(actual, expected);
  else if (!expected.test(actual)) throw unexpected(expected, actual);
}

/** Compares as JSON, so an instance of a class equals the object that the client receives. */
export function sameJson(actual: unknown, expected: unknown): void {
  deepStrictEqual(plain(actual), plain(expected));
}

/** Converts a value to objects of this realm. Test runners have their own, and values from `fetch()` belong to another. */
function plain(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @throws AssertionError when the request was not refused with 401 or 403 */
export function deniedByRoute(outcome: Outcome<unknown>, expected: Words | undefined): void {
  if ('value' in outcome) throw unexpected('a denial', outcome.value);
  const status = statusOf(outcome.error);
  if (status !== 401 && status !== 403) throw unexpected('a denial', wordsOf(outcome.error));
  if (expected !== undefined && !found(wordsOf(outcome.error), expected))
    throw unexpected(expected, wordsOf(outcome.error));
}

function found(text: string, expected: Words): boolean {
  return typeof expected === 'string' ? text.includes(expected) : expected.test(text);
}
