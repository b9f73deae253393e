import { randomBytes } from 'node:crypto';
import { isJsonObject } from '../interfaces/json.js';

/** What a number has to have in it to come out of `JSON.parse` as another one that is whole: digits enough, or a far exponent. */
const ROUNDABLE = /[\d.]{16}|[eE]-\d{3}/;
const WHOLE = /^-?\d{1,256}$/;
const NUMBER_PARTS: ReadonlySet<string> = new Set('0123456789+-.eE'.split(''));
/** Stands before a number that was made a text; no client can know it. */
const MARK = `${randomBytes(16).toString('hex')}:`;

type Members = Record<string, unknown>;

/**
 * `JSON.parse`, but for the numbers that a client names a request by: `id`, `params.requestId` and
 * `params._meta.progressToken` of a message, or of each one in a batch. A whole one beyond 2^53 is a `bigint`, digit
 * for digit; any other that `JSON.parse` would round is `NaN`. All other numbers are data, and rounded as ever.
 */
export function parseExactly(text: string): unknown {
  const body: unknown = JSON.parse(text);
  if (!ROUNDABLE.test(text)) return body;
  const marked = markedNumbers(text);
  if (marked !== undefined) keepNames(body, JSON.parse(marked));
  return body;
}

/** The same JSON with every number that may be rounded as a text; undefined where there is none. */
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

/** Index of the quote that ends the string begun at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** The `e` of `true` and `false` is taken for a number, too, and is none that may be rounded. */
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
