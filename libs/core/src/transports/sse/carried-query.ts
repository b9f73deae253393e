import { QUERY_TOO_LONG } from '../../messages/refusal.messages.js';
import { Refusal } from '../shared/refusal.js';

/** Longest query of a stream that is copied to its messages, in characters. It is enough for a key or a token. */
const LONGEST_QUERY = 8_192;
const SESSION_ID = 'sessionId';

/**
 * Characters that a query may have unencoded (RFC 3986 §3.4). Strict URL parsers refuse all others, and a
 * line break would end the event.
 */
const UNENCODED = /^[\w.~!$&'()*+,;=:@/?[\]-]$/;
const HEX_PAIR = /^[\da-f]{2}$/i;

/**
 * Returns the query for the URL of messages, copied from the URL of the stream, so that guards that read a
 * key from the query find it with each message. Its encoding stays, but characters that a URL may not have
 * are encoded. Parameters that name a session are removed, because only the server sets them.
 * @throws Refusal 414 when the query is too long
 */
export function carriedQuery(url: string): string {
  const query = queryOf(url);
  if (query.length > LONGEST_QUERY) throw new Refusal(414, QUERY_TOO_LONG);
  return query
    .split('&')
    .filter((parameter) => parameter !== '' && !namesSession(parameter))
    .map(encoded)
    .join('&');
}

function queryOf(url: string): string {
  const [target = ''] = url.split('#', 1);
  const at = target.indexOf('?');
  return at === -1 ? '' : target.slice(at + 1);
}

/** Frameworks read `sessionId[]` and `sessionId[a]` as the same parameter. */
function namesSession(parameter: string): boolean {
  // `URLSearchParams` would remove a leading question mark, which is part of the name.
  const [name = ''] = new URLSearchParams(`&${parameter}`).keys();
  return name.split('[', 1)[0] === SESSION_ID;
}

function encoded(parameter: string): string {
  return Array.from(parameter, (character, at) =>
    isKept(parameter, character, at) ? character : percentEncoded(character),
  ).join('');
}

function isKept(parameter: string, character: string, at: number): boolean {
  return character === '%'
    ? HEX_PAIR.test(parameter.slice(at + 1, at + 3))
    : UNENCODED.test(character);
}

/** Node decodes the bytes of a URL as Latin-1 characters. */
function percentEncoded(character: string): string {
  return [...Buffer.from(character, 'latin1')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('');
}
