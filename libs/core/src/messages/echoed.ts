const UNPRINTABLE = /[^\x20-\x7e]/g;
const LONGEST = 64;

/**
 * Makes a value of a client safe to repeat in an answer: printable ASCII, cut at `longest` characters. If it is not a
 * string, only its type is repeated, because an object of a client may have any properties, even `toString`.
 */
export function echoed(sent: unknown, longest = LONGEST): string {
  if (typeof sent !== 'string') return sent === null ? 'null' : typeof sent;
  return sent.slice(0, longest).replace(UNPRINTABLE, '?');
}
