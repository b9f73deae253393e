import { specTypeSchemas } from '@modelcontextprotocol/client';
import { CallToolResultSchema as V1 } from '@modelcontextprotocol/sdk/types.js';
import * as fc from 'fast-check';
import { CallToolResultSchema as V1Of2024 } from 'sdk-1.0/types.js';
import { CallToolResultSchema as V1OfMarch } from 'sdk-1.12/types.js';
import { toCallResult } from '../../libs/core/src/features/tools/results/call-result.js';
import { ResultBudget } from '../../libs/core/src/serialization/budget.js';
import { UnsendableResultError } from '../../libs/core/src/serialization/unsendable-result.error.js';
import { codecOf } from '../../libs/core/src/protocol/codecs/codec-of.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64');
const V2 = specTypeSchemas.CallToolResult;

type Parse = (value: unknown) => boolean;
const v1: Parse = (value) => V1.safeParse(value).success;
const v2: Parse = (value) => V2['~standard'].validate(value).issues === undefined;
/** The same schema as in 2026-07-28, except that structured content may be anything. */
const latest: Parse = (value) => V1.omit({ structuredContent: true }).safeParse(value).success;

/** Parses a result as the official clients of a revision do. */
const READERS: Readonly<Record<string, readonly Parse[]>> = {
  '2024-11-05': [(value) => V1Of2024.safeParse(value).success, v1, v2],
  '2025-03-26': [(value) => V1OfMarch.safeParse(value).success, v1, v2],
  '2025-06-18': [v1, v2],
  '2025-11-25': [v1, v2],
  '2026-07-28': [latest],
};

/** The result that is sent, and whether every client can read it; or the reason that it is not sent. */
function outcome(value: unknown, revision: string): { isRead: boolean } | { refusal: unknown } {
  try {
    const result = toCallResult(value, new ResultBudget({ kind: 'tool', name: 't' }, 1_000_000));
    const json: unknown = JSON.parse(JSON.stringify(codecOf(revision).result(result, undefined)));
    return { isRead: READERS[revision]?.every((parse) => parse(json)) ?? false };
  } catch (refusal) {
    if (!(refusal instanceof UnsendableResultError)) throw refusal;
    return { refusal: refusal.message };
  }
}

const odd = fc.constantFrom<unknown>(null, '', 'x', 0, -1, 2, Number.NaN, true, [], {}, ['x']);
const base64 = fc
  .uint8Array({ maxLength: 20 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const date = fc.constantFrom<unknown>(
  '2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00.5+02:00',
  new Date(0),
);
const noDate = fc.constantFrom('2026-01-31', '2026-02-30T12:00:00Z', '2026-01-31T12:00:00', 'soon');

/** Valid members. With `spoilt`, any of them may be invalid or missing. */
const members = (
  spoilt: boolean,
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<object> => {
  const all = Object.entries({ ...required, ...optional }).map(([name, right]) => [
    name,
    spoilt ? fc.oneof({ arbitrary: right, weight: 9 }, odd) : right,
  ]);
  const requiredKeys = spoilt ? ['type'] : Object.keys(required);
  return fc.record(Object.fromEntries(all) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: requiredKeys.filter((name) => name in required),
  });
};

const text = fc.string({ maxLength: 5 });
const meta = fc.dictionary(text, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });

const is = (type: string) => ({ type: fc.constant(type) });

function block(spoilt: boolean): fc.Arbitrary<object> {
  const annotations = members(
    spoilt,
    {},
    {
      audience: fc.array(fc.constantFrom('user', 'assistant')),
      priority: fc.double({ min: 0, max: 1, noNaN: true }),
      lastModified: spoilt ? fc.oneof(date, noDate) : date,
    },
  );
  const beside = { annotations, _meta: meta };
  const bytes = fc.oneof<fc.Arbitrary<unknown>[]>(
    base64,
    fc.constant(PNG),
    fc.constant(new Uint8Array([1])),
  );
  const wrong = fc.constantFrom('data:image/png;base64,aGk=', 'a-_=', 'aGk', 'aG\nk=', '=', 'é');
  const data = spoilt ? fc.oneof(bytes, wrong) : bytes;
  const icons = fc.array(
    members(
      spoilt,
      { src: text },
      { mimeType: text, sizes: fc.array(text), theme: fc.constantFrom('light', 'dark') },
    ),
    { maxLength: 2 },
  );
  const resource = fc.oneof(
    members(spoilt, { uri: text, text }, { mimeType: text, _meta: meta }),
    members(spoilt, { uri: text, blob: data }, { mimeType: text, _meta: meta }),
  );
  return fc.oneof(
    members(spoilt, { ...is('text'), text }, beside),
    members(spoilt, { ...is('image'), data, mimeType: text }, beside),
    members(spoilt, { ...is('audio'), data, mimeType: text }, beside),
    members(spoilt, { ...is('resource'), resource }, beside),
    members(
      spoilt,
      { ...is('resource_link'), uri: text, name: text },
      { title: text, description: text, mimeType: text, size: fc.nat(), icons, ...beside },
    ),
  );
}

function returned(spoilt: boolean): fc.Arbitrary<unknown> {
  const content = fc.array(fc.oneof({ arbitrary: block(spoilt), weight: 4 }, text), {
    maxLength: 3,
  });
  const result = members(
    spoilt,
    { content },
    { isError: fc.boolean(), _meta: meta, structuredContent: fc.jsonValue({ maxDepth: 2 }) },
  );
  return fc.oneof(block(spoilt), content, result);
}

const revision = fc.constantFrom(...Object.keys(READERS));
const NAMED = expect.stringMatching(
  /^The result of tool 't' cannot be sent: (?:content\[\d\]|isError|_meta)\S* \S/,
) as unknown;

describe('the result of a tool', () => {
  it('is valid for the official clients of the revision, or is refused by the name of a member', () => {
    const count = { sent: 0, refused: 0 };
    fc.assert(
      fc.property(returned(true), revision, (value, spoken) => {
        const made = outcome(value, spoken);
        count['refusal' in made ? 'refused' : 'sent']++;
        expect(made).toEqual('refusal' in made ? { refusal: NAMED } : { isRead: true });
      }),
      { numRuns: 3_000 },
    );
    expect(count.sent).toBeGreaterThan(500);
    expect(count.refused).toBeGreaterThan(500);
  });

  it('is never refused when it is valid', () => {
    fc.assert(
      fc.property(returned(false), revision, (value, spoken) => {
        expect(outcome(value, spoken)).toEqual({ isRead: true });
      }),
      { numRuns: 2_000 },
    );
  });
});
