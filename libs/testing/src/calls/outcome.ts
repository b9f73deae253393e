import { AssertionError } from 'node:assert';
import { McpError, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** What became of a request: what the server gave, or what was thrown in its place. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

export async function outcomeOf<Value>(promise: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}

/** @throws AssertionError that tells why there is no value. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if ('value' in outcome) return outcome.value;
  if (outcome.error instanceof AssertionError) throw outcome.error;
  throw unexpected('an answer', wordsOf(outcome.error));
}

/** HTTP status that a transport of the official client reports; undefined where the failure is another. */
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

/** A failure in the two lines that one wants to read. */
export function unexpected(expected: unknown, actual: unknown): AssertionError {
  const message = `expected: ${shown(expected)}\n  actual: ${shown(actual)}`;
  return new AssertionError({ message, expected, actual, operator: 'equal' });
}

function shown(value: unknown): string {
  return typeof value === 'string' || value instanceof RegExp
    ? String(value)
    : JSON.stringify(value);
}
