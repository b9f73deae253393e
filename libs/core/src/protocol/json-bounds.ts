export interface JsonBounds {
  readonly jsonDepth: number;
  readonly jsonNodes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENERS = new Set([0x5b, 0x7b]);
const CLOSERS = new Set([0x5d, 0x7d]);
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Returns the bound that a JSON text exceeds; undefined if it exceeds none. Reads only the bytes, because
 * `JSON.parse` and all code after it recurse, so the depth must be checked first. Never throws: for bytes that are not
 * JSON, the verdict is arbitrary.
 */
export function brokenBound(text: Uint8Array, bounds: JsonBounds): keyof JsonBounds | undefined {
  let depth = 0;
  let nodes = 1;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) at = endOfString(text, at);
    else if (byte === COMMA) nodes++;
    else if (OPENERS.has(byte)) {
      if (!CLOSERS.has(nextToken(text, at))) nodes++;
      if (++depth > bounds.jsonDepth) return 'jsonDepth';
    } else if (CLOSERS.has(byte)) depth--;
    if (nodes > bounds.jsonNodes) return 'jsonNodes';
  }
  return undefined;
}

/** The first byte after `at` that is not JSON white space; 0 at the end. */
function nextToken(text: Uint8Array, at: number): number {
  let next = at + 1;
  while (WHITESPACE.has(text[next] ?? 0)) next++;
  return text[next] ?? 0;
}

/** The index of the quote that ends the string that begins at `start`; the length of the text if there is none. */
export function endOfString(text: Uint8Array, start: number): number {
  let at = text.indexOf(QUOTE, start + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf(QUOTE, at + 1);
  return at === -1 ? text.length : at;
}

function isEscaped(text: Uint8Array, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
