import { AssertionError, deepStrictEqual, strictEqual } from 'node:assert';
import { outcomeOf, type Outcome, statusOf, unexpected, wordsOf } from './outcome.js';

/** A text, or what has to be found in it. */
export type Words = string | RegExp;

/** Frames of this package, which tell nothing to whoever expected something. */
const OWN_FRAME = /^ +at (?:checked|ToolCall|ToolListing)\b/;

/**
 * Looks at what becomes of a promise. A failure has the stack of the line that expected something, which the
 * stack of a promise would not lead to.
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

/** By what goes over the wire: an instance of a class equals its JSON. */
export function sameJson(actual: unknown, expected: unknown): void {
  deepStrictEqual(plain(actual), plain(expected));
}

/** Of this realm as well: test runners have their own, and what `fetch()` parses is not of it. */
function plain(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @throws AssertionError unless the request was refused with 401 or 403. */
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
