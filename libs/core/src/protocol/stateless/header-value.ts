import type { IncomingHttpHeaders } from 'node:http';

/** Visible ASCII, space and tab (RFC 9110 §5.5; 2026-07-28 Streamable HTTP, Value Encoding). */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;
/** Case counts in the markers. */
const SENTINEL = /^=\?base64\?(.*)\?=$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The value of a header, which is found whatever the case of its name, without outer whitespace; undefined
 * where it is not there. One that came several times is their list, with commas, and so equal to no value.
 */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  const text = Array.isArray(value) ? value.join(', ') : value;
  return text === undefined ? undefined : withoutOuterWhitespace(text);
}

/** Space and tab only (RFC 9110 §5.6.3): `trim()` would take more, and then a proxy and this server read two values. */
function withoutOuterWhitespace(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * What a header of a mirrored value says: the text itself, or that in a Base64 sentinel, `=?base64?…?=`.
 * Undefined for characters that no header may have, for Base64 that is not exactly that of its bytes, and
 * for bytes that are no UTF-8: a lenient reader and a strict one would see two values.
 */
export function decodedHeader(value: string): string | undefined {
  if (!FIELD_VALUE.test(value)) return undefined;
  const [, base64] = SENTINEL.exec(value) ?? [];
  return base64 === undefined ? value : decodedBase64(base64);
}

function decodedBase64(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) return undefined;
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
