/** JSON lets these stand as they are, and readers that work by line end a line at them (Unicode UAX #14, class BK and NL). */
const BREAKS = /[\u0085\u2028\u2029]/;

/**
 * The same JSON as one line for every reader: Python's `splitlines()` and Node's `readline` end lines at more
 * characters than JSON has to escape. What is not ASCII otherwise stays, and so do control characters, which JSON
 * escapes by itself.
 */
export function oneLine(json: string): string {
  if (!BREAKS.test(json)) return json;
  return json
    .replaceAll('\u0085', '\\u0085')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
