import { QUERY_TOO_LONG } from '../../messages/refusal.messages.js';
import { Refusal } from '../shared/refusal.js';

/** Characters of the stream's query that are carried on: what a guard reads there is a key or a token. */
const LONGEST_QUERY = 8_192;
const SESSION_ID = 'sessionId';

/** What a query may hold as it is (RFC 3986 §3.4). Strict readers of URLs refuse all else, and a line break would end the event. */
const AS_IT_IS = /^[\w.~!$&'()*+,;=:@/?[\]-]$/;
const HEX_PAIR = /^[\da-f]{2}$/i;

/**
 * The query of a stream's URL, for the URL of its messages: guards that look for a key in the query find it
 * with every message. Encoded as it came, but for characters that no URL may hold; without parameters that
 * name a session, which the server alone does.
 * @throws Refusal 414 when it is too long.
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
  // A question mark at the beginning would be taken off, and is part of the name.
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
    : AS_IT_IS.test(character);
}

/** Node gives the bytes of a URL as characters of Latin-1. */
function percentEncoded(character: string): string {
  return [...Buffer.from(character, 'latin1')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('');
}
