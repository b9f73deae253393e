import { AssertionError } from 'node:assert';
import { McpError, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** The outcome of a request: the result of the server, or the error. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

export async function outcomeOf<Value>(promise: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}

/** @throws AssertionError when the request failed, with its error as the actual value */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if ('value' in outcome) return outcome.value;
  if (outcome.error instanceof AssertionError) throw outcome.error;
  throw unexpected('an answer', wordsOf(outcome.error));
}

/** The HTTP status that a transport of the official client reports; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error instanceof McpError) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'number' && code >= 100) return code;
  const [, status] = /\bHTTP (\d{3})\b/.exec(error.message) ?? [];
  return status === undefined ? undefined : Number(status);
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** Creates a failure with two lines: the expected and the actual value. */
export function unexpected(expected: unknown, actual: unknown): AssertionError {
  const message = `expected: ${shown(expected)}\n  actual: ${shown(actual)}`;
  return new AssertionError({ message, expected, actual, operator: 'equal' });
}

function shown(value: unknown): string {
  return typeof value === 'string' || value instanceof RegExp
    ? String(value)
    : JSON.stringify(value);
}
