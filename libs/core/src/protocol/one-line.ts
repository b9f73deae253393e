/** Characters that JSON does not escape, but at which some line readers end a line (Unicode UAX #14, classes BK and NL). */
const BREAKS = /[\u0085\u2028\u2029]/;

/**
 * Escapes the line separators in JSON, so that it is one line for every reader: Python's `splitlines()` and Node's
 * `readline` end lines at more characters than JSON must escape. All other characters stay unchanged.
 */
export function oneLine(json: string): string {
  if (!BREAKS.test(json)) return json;
  return json
    .replaceAll('\u0085', '\\u0085')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
