import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import {
  HEADER_DIFFERS,
  HEADER_MALFORMED,
  HEADER_MISSING,
  HEADER_NOT_EXPECTED,
} from '../../messages/stateless.messages.js';
import { decodedHeader, headerOf } from './header-value.js';
import type { ParamHeader } from './param-headers.js';
import { headerRefusal, type StatelessRefusal } from './stateless-refusal.js';

/** A whole number in decimal digits. A fraction of zeros is allowed (Streamable HTTP, Server Validation). */
const WHOLE_NUMBER = /^-?\d+(?:\.0+)?$/;

/**
 * Returns the refusal for the first header that differs from its argument; undefined if all match. Also refuses a
 * header whose argument is missing or null, because a proxy would have acted on a value that the tool does not get.
 */
export function headerMismatch(
  expected: readonly ParamHeader[],
  args: JsonObject,
  headers: IncomingHttpHeaders,
): StatelessRefusal | undefined {
  for (const { headerName, path } of expected) {
    const words = mismatchOf(valueAt(args, path), headerOf(headers, headerName));
    if (words !== undefined) return headerRefusal(words(headerName));
  }
  return undefined;
}

function mismatchOf(
  value: unknown,
  header: string | undefined,
): ((headerName: string) => string) | undefined {
  const isGiven = value !== undefined && value !== null;
  if (header === undefined) return isGiven ? HEADER_MISSING : undefined;
  if (!isGiven) return HEADER_NOT_EXPECTED;
  const text = decodedHeader(header);
  if (text === undefined) return HEADER_MALFORMED;
  return represents(text, value) ? undefined : HEADER_DIFFERS;
}

/** Compares by the type of the actual value. If that type is wrong, the rules of the argument report it. */
function represents(text: string, value: unknown): boolean {
  if (typeof value === 'string') return text === value;
  if (typeof value === 'boolean') return text === String(value);
  if (typeof value !== 'number') return false;
  if (!Number.isInteger(value)) return text === String(value);
  return Number.isSafeInteger(value) && WHOLE_NUMBER.test(text) && Number(text) === value;
}

function valueAt(args: JsonObject, path: readonly string[]): unknown {
  let value: unknown = args;
  for (const name of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
