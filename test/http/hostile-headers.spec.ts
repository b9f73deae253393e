import * as fc from 'fast-check';
import { stackStart, withoutStack } from '../../libs/core/src/features/logging/stack-text.js';
import { derivedName } from '../../libs/core/src/primitives/entry/derived-name.js';
import { loggableStack, printable } from '../../libs/core/src/messages/log.messages.js';
import { decodedHeader, headerOf } from '../../libs/core/src/protocol/stateless/header-value.js';
import { standardHeaderMismatch } from '../../libs/core/src/protocol/stateless/standard-headers.js';
import { isLoopbackName, readAuthority } from '../../libs/core/src/addresses/authority.js';
import { accepts, isPlainJson } from '../../libs/core/src/transports/shared/media-types.js';
import { RouteMatcher } from '../../libs/core/src/transports/http/routing/route-matcher.js';
import { queriedSessionId } from '../../libs/core/src/transports/http/gates/session-id.js';
import { ownerKey } from '../../libs/core/src/transports/shared/stream-owner.js';
import { cpuMilliseconds } from '../support/cpu-time.js';

const WITHIN_MS = 10;
const ROUTES = new RouteMatcher([['/tenants/:id/mcp', true] as const]);
const STREAM = new Set(['text/event-stream']);

/** The functions that read client text ahead of guards, or log it. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'a header of a message': (text) => headerOf({ 'mcp-name': text }, 'Mcp-Name'),
  'the value of a mirrored header': decodedHeader,
  'the headers that repeat the body': (text) =>
    standardHeaderMismatch('tools/call', { name: 'x' }, '2026-07-28', {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': text,
    }),
  Accept: (text) => accepts(text, STREAM),
  'Content-Type': isPlainJson,
  Host: (text) => isLoopbackName(readAuthority(text)?.name ?? text),
  'the path': (text) => ROUTES.find(`/tenants/${text}`),
  'the query': (text) => queriedSessionId({ headers: {}, raw: { url: `/?${text}` } as never }),
  'the address': (ip) => ownerKey({ principal: '', ip }),
  'a line of the log': printable,
  'a stack of the log': loggableStack,
  'a message without its stack': withoutStack,
  'the context of a logger': stackStart,
  'the name of a method': derivedName,
};

const PARTS = [' ', '\t', '\n', 'a', '_', ';', ',', '=', '"', '/', '.', ':', '?', '&', '%2e'];
const PAIRS = [' ;', ' ,', ', ', '; ', '\n ', '\n a', '="', '/.', 'a_', 'charset=', '=?base64?'];
const LEADS = [
  '',
  'x',
  'application/json',
  'application/json;charset=utf-8',
  '*/*',
  '\n',
  '=?base64?',
];
const ENDS = ['', 'x', '\u0001', '?='];

const TEXTS = [...PARTS, ...PAIRS].flatMap((part) => {
  const body = part.repeat(Math.ceil(65_536 / part.length));
  return LEADS.flatMap((lead) => ENDS.map((end) => lead + body + end));
});

describe('64 KB of hostile text', () => {
  it.each(Object.entries(READERS))('does not keep a reader of %s busy', (_, read) => {
    const slow = TEXTS.filter((text) => cpuMilliseconds(() => read(text), WITHIN_MS) > WITHIN_MS);
    expect(slow.map((text) => text.slice(0, 40))).toEqual([]);
  });
});

const ofParts = (...parts: readonly string[]) =>
  fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((chosen) => chosen.join(''));

/** Expressions that state the meaning, and would be quadratic. */
describe('code that parses by hand matches an expression', () => {
  it('outer whitespace of a header', () => {
    fc.assert(
      fc.property(ofParts(' ', '\t', 'a', ',', '\u00a0'), (text) => {
        expect(headerOf({ x: text }, 'X')).toBe(text.replace(/^[\t ]+|[\t ]+$/g, ''));
      }),
    );
  });

  it('the stack at the end of a message', () => {
    fc.assert(
      fc.property(ofParts('\n', ' ', '\t', 'at ', 'at', 'x', '\r'), (text) => {
        expect(withoutStack(text)).toBe(text.replace(/\n\s+at [\s\S]*$/, ''));
      }),
      { numRuns: 1_000 },
    );
  });

  it('plain JSON', () => {
    const plain = /^\s*application\/json\s*(?:;\s*charset\s*=\s*(?:utf-?8|"utf-?8")\s*)?;?\s*$/i;
    fc.assert(
      fc.property(
        ofParts(' ', ';', 'charset', '=', 'UTF-8', 'utf8', '"', '"utf-8"', 'utf-16'),
        (rest) => {
          const type = `application/JSON${rest}`;
          expect(isPlainJson(type)).toBe(plain.test(type));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('the types that a client accepts', () => {
    const stream = /(?:^|,)\s*text\/event-stream\s*(?:;|,|$)/i;
    fc.assert(
      fc.property(
        ofParts(' ', ',', ';', 'text/event-stream', 'Text/Event-Stream', 'q=1'),
        (text) => {
          expect(accepts(text, STREAM)).toBe(stream.test(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
