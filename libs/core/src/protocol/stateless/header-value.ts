import type { IncomingHttpHeaders } from 'node:http';

/** Visible ASCII, space and tab (RFC 9110 §5.5; 2026-07-28 Streamable HTTP, Value Encoding). */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;
/** The markers are case-sensitive. */
const SENTINEL = /^=\?base64\?(.*)\?=$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Returns the value of a header without outer white space; undefined if the header is missing. The case of the name
 * does not matter. Values of a repeated header are joined with commas, so they do not equal any expected value.
 */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  const text = Array.isArray(value) ? value.join(', ') : value;
  return text === undefined ? undefined : withoutOuterWhitespace(text);
}

/** Removes only spaces and tabs (RFC 9110 §5.6.3). `trim()` removes more, so this server could read another value than a proxy. */
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
 * Decodes a header that repeats a value of the body: plain text, or Base64 in `=?base64?…?=`. Returns undefined for
 * characters that headers must not have, for Base64 that is not canonical, and for bytes that are not UTF-8, because a
 * lenient and a strict reader would decode different values.
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
