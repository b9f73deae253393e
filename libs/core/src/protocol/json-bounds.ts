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
 * Tells what of the bounds a JSON text breaks, from its bytes alone: `JSON.parse` and everything after
 * it recurse, so depth has to be known before. Works on any bytes; a text that is no JSON gives some verdict.
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

/** The first byte after `at` that is no JSON whitespace; 0 at the end. */
function nextToken(text: Uint8Array, at: number): number {
  let next = at + 1;
  while (WHITESPACE.has(text[next] ?? 0)) next++;
  return text[next] ?? 0;
}

/** Index of the quote that ends the string begun at `start`. */
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
