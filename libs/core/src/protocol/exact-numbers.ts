import { randomBytes } from 'node:crypto';
import { isJsonObject } from '../interfaces/json.js';

/** A number that `JSON.parse` may round to a whole number: it has at least 16 digits, or a large negative exponent. */
const ROUNDABLE = /[\d.]{16}|[eE]-\d{3}/;
const WHOLE = /^-?\d{1,256}$/;
const NUMBER_PARTS: ReadonlySet<string> = new Set('0123456789+-.eE'.split(''));
/** Marks a number that was converted to text. It is random, so that no client can send it. */
const MARK = `${randomBytes(16).toString('hex')}:`;

type Members = Record<string, unknown>;

/**
 * Parses like `JSON.parse`, but keeps the numbers that identify a request: `id`, `params.requestId` and
 * `params._meta.progressToken` of a message, or of each message of a batch. A whole number beyond 2^53 becomes a
 * `bigint` with the same digits. Any other number that `JSON.parse` would round becomes `NaN`. All other numbers are
 * data, and are rounded as usual.
 * @throws SyntaxError when the text is not JSON
 */
export function parseExactly(text: string): unknown {
  const body: unknown = JSON.parse(text);
  if (!ROUNDABLE.test(text)) return body;
  const marked = markedNumbers(text);
  if (marked !== undefined) keepNames(body, JSON.parse(marked));
  return body;
}

/** Converts every number that may be rounded to a marked string. Undefined if there are none. */
function markedNumbers(text: string): string | undefined {
  let marked = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (NUMBER_PARTS.has(character)) {
      const end = endOfNumber(text, at);
      const literal = text.slice(at, end);
      if (ROUNDABLE.test(literal)) {
        marked += `${text.slice(from, at)}"${MARK}${literal}"`;
        from = end;
      }
      at = end - 1;
    }
  }
  return from === 0 ? undefined : marked + text.slice(from);
}

/** The index of the quote that ends the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** The index after a number. The `e` of `true` and `false` is also read as a number, but never rounded. */
function endOfNumber(text: string, start: number): number {
  let at = start;
  while (NUMBER_PARTS.has(text.charAt(at))) at++;
  return at;
}

function keepNames(body: unknown, marked: unknown): void {
  if (Array.isArray(body) && Array.isArray(marked))
    body.forEach((message, index) => keepNames(message, marked[index]));
  if (!isMembers(body) || !isMembers(marked)) return;
  keep(body, marked, 'id');
  const { params } = body;
  const { params: markedParams } = marked;
  if (!isMembers(params) || !isMembers(markedParams)) return;
  keep(params, markedParams, 'requestId');
  const { _meta: meta } = params;
  const { _meta: markedMeta } = markedParams;
  if (isMembers(meta) && isMembers(markedMeta)) keep(meta, markedMeta, 'progressToken');
}

function keep(holder: Members, marked: Members, name: string): void {
  const value = marked[name];
  if (typeof value === 'string' && value.startsWith(MARK))
    holder[name] = exactly(value.slice(MARK.length));
}

function exactly(literal: string): number | bigint {
  if (!WHOLE.test(literal)) return Number.NaN;
  const rounded = Number(literal);
  return Number.isSafeInteger(rounded) ? rounded : BigInt(literal);
}

function isMembers(value: unknown): value is Members {
  return isJsonObject(value);
}
