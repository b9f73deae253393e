import { assert, constantFrom, jsonValue, nat, property, string, uint8Array } from 'fast-check';
import { brokenBound } from './json-bounds.js';

const UNBOUNDED = { jsonDepth: Infinity, jsonNodes: Infinity };
const bytes = (text: string) => new TextEncoder().encode(text);

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function nodesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + nodesOf(member), 1);
}

/** JSON whose strings, also as keys, are full of structural characters. */
const trickyText = string({
  unit: constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', ' ', 'a', 'é', '🌍', '\u2028'),
});
const anyJson = jsonValue({ maxDepth: 6, depthSize: 'medium', stringUnit: 'binary' });

/** The verdict on a text whose bounds are its own counts, with one value fewer, and with one level less. */
function verdictsOn(text: string) {
  const value: unknown = JSON.parse(text);
  const [jsonDepth, jsonNodes] = [depthOf(value), nodesOf(value)];
  return {
    exact: brokenBound(bytes(text), { jsonDepth, jsonNodes }),
    fewer: brokenBound(bytes(text), { ...UNBOUNDED, jsonNodes: jsonNodes - 1 }),
    flatter: brokenBound(bytes(text), { ...UNBOUNDED, jsonDepth: Math.max(0, jsonDepth - 1) }),
  };
}

const agreed = (text: string) => ({
  exact: undefined,
  fewer: 'jsonNodes',
  flatter: depthOf(JSON.parse(text)) > 0 ? 'jsonDepth' : undefined,
});

describe('brokenBound', () => {
  it.each([
    ['1', 0, 1],
    ['""', 0, 1],
    ['[]', 1, 1],
    ['{ }', 1, 1],
    ['[ \n\t\r]', 1, 1],
    ['[1]', 1, 2],
    ['[1,2,3]', 1, 4],
    ['{"a":{"b":[]}}', 3, 3],
    ['[[],{},[{}]]', 3, 5],
    ['["[[[",",,,"]', 1, 3],
    ['["\\"[","\\\\"]', 1, 3],
    ['{"a\\\\\\"[":1}', 1, 2],
  ])('counts in %s a depth of %i and %i values', (text, depth, nodes) => {
    expect([depthOf(JSON.parse(text)), nodesOf(JSON.parse(text))]).toEqual([depth, nodes]);
    expect(verdictsOn(text)).toEqual(agreed(text));
  });

  it('counts as a recursive count does, for any JSON and white space', () => {
    assert(
      property(anyJson, constantFrom(0, 1, '\t', '\n \r'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(verdictsOn(text)).toEqual(agreed(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('ignores structural characters within a string', () => {
    assert(
      property(trickyText, trickyText, (key, text) => {
        const json = JSON.stringify({ [key]: [text, { [text]: key }] });
        expect(verdictsOn(json)).toEqual(agreed(json));
      }),
      { numRuns: 1_000 },
    );
  });

  it('returns a verdict on any bytes', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), nat(5), nat(20), (text, jsonDepth, jsonNodes) => {
        const broken = brokenBound(text, { jsonDepth, jsonNodes });
        expect([undefined, 'jsonDepth', 'jsonNodes']).toContain(broken);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '"', '"\\', '[', '{', ']]]', '[1,', '[ ', '"[[[[', '\\"[['])(
    'returns a verdict on the torn text %j',
    (text) => {
      expect(() => brokenBound(bytes(text), { jsonDepth: 1, jsonNodes: 1 })).not.toThrow();
    },
  );

  it('stops at the first value over the limit, however long the rest is', () => {
    const deep = bytes('['.repeat(4 * 1024 * 1024));
    expect(brokenBound(deep, { jsonDepth: 64, jsonNodes: 10_000 })).toBe('jsonDepth');
    const wide = bytes(`[${'1,'.repeat(2 * 1024 * 1024)}1]`);
    expect(brokenBound(wide, { jsonDepth: 64, jsonNodes: 10_000 })).toBe('jsonNodes');
  });

  it.each([
    ['white space', `[${' '.repeat(4 * 1024 * 1024)}]`],
    ['backslashes', JSON.stringify('\\'.repeat(2 * 1024 * 1024))],
    ['escaped quotes', JSON.stringify('"'.repeat(2 * 1024 * 1024))],
  ])('reads 4 MiB of %s once', (_, text) => {
    const started = performance.now();
    expect(brokenBound(bytes(text), { jsonDepth: 64, jsonNodes: 10_000 })).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
