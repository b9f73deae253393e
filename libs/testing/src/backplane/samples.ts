import { randomUUID } from 'node:crypto';
import type { Envelope, SessionRecord } from '@nestmcp/core';

/** Characters that have caused errors in some engines: quotes, line ends of three kinds, NUL, scripts, emoji. */
export const ODD_TEXT = '"\\ \r\n\u2028\u0000 é 日本語 العربية 👩‍👩‍👧 $& %s * ? [a]';
/** Larger than one packet and than one buffer of most clients. */
export const BIG_TEXT = 'äx'.repeat(2 ** 19);
/** Ids that clients could invent. */
export const ODD_IDS = [
  '',
  ' ',
  '*',
  '__proto__',
  'a:b',
  '{x}',
  '\r\nDEL x',
  '👩',
  'x'.repeat(9_999),
];

export function sessionRecord(changes: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: randomUUID(),
    server: 'orders',
    transport: 'streamable-http',
    holder: undefined,
    principal: '5e884898da28',
    protocolVersion: '2025-11-25',
    clientInfo: { name: 'contract', version: '1.0.0' },
    pathParameters: '',
    announcedLists: ['tools'],
    isPresumed: true,
    clientCapabilities: { elicitation: {}, experimental: { odd: [ODD_TEXT, null, 1.5, true] } },
    ...changes,
  };
}

export function envelope(changes: Partial<Envelope> = {}): Envelope {
  return {
    v: 1,
    id: randomUUID(),
    kind: 'deliver',
    sid: 'a-session',
    ph: '5e884898da28',
    server: 'orders',
    data: '{"jsonrpc":"2.0","id":1,"result":{}}',
    ...changes,
  };
}

/** A number of different texts. */
export function numbered(count: number, prefix = ''): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

/** Options of a `send()` that is never aborted. */
export function patient(): { readonly signal: AbortSignal } {
  return { signal: new AbortController().signal };
}
