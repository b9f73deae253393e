const UNPRINTABLE = /[^\x20-\x7e]/g;
const LONGEST = 64;

/**
 * What a client sent, as an answer to it may repeat it: printable ASCII, cut at `longest` characters. Of
 * anything but a text only its type, since an object of a client has whatever members it wants, `toString`
 * included.
 */
export function echoed(sent: unknown, longest = LONGEST): string {
  if (typeof sent !== 'string') return sent === null ? 'null' : typeof sent;
  return sent.slice(0, longest).replace(UNPRINTABLE, '?');
}
