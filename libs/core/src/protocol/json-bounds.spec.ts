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

/** JSON whose strings, also as keys, are full of what could be taken for structure. */
const trickyText = string({
  unit: constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', ' ', 'a', 'é', '🌍', '\u2028'),
});
const json = jsonValue({ maxDepth: 6, depthSize: 'medium', stringUnit: 'binary' });

/** Checks that exactly the counted depth and number of values are within bounds. */
function expectExact(text: string): void {
  const value: unknown = JSON.parse(text);
  const [depth, nodes] = [depthOf(value), nodesOf(value)];
  expect(brokenBound(bytes(text), { jsonDepth: depth, jsonNodes: nodes })).toBeUndefined();
  expect(brokenBound(bytes(text), { ...UNBOUNDED, jsonNodes: nodes - 1 })).toBe('jsonNodes');
  if (depth > 0)
    expect(brokenBound(bytes(text), { ...UNBOUNDED, jsonDepth: depth - 1 })).toBe('jsonDepth');
}

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
    expectExact(text);
  });

  it('counts as a recursive count does, whatever the JSON and its white space', () => {
    assert(
      property(json, constantFrom(0, 1, '\t', '\n \r'), (value, space) => {
        expectExact(JSON.stringify(value, undefined, space));
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes no sign within a string for structure', () => {
    assert(
      property(trickyText, trickyText, (key, text) => {
        expectExact(JSON.stringify({ [key]: [text, { [text]: key }] }));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives some verdict on any bytes', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), nat(5), nat(20), (text, jsonDepth, jsonNodes) => {
        const broken = brokenBound(text, { jsonDepth, jsonNodes });
        expect([undefined, 'jsonDepth', 'jsonNodes']).toContain(broken);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '"', '"\\', '[', '{', ']]]', '[1,', '[ ', '"[[[[', '\\"[['])(
    'gives some verdict on the torn text %j',
    (text) => {
      expect(() => brokenBound(bytes(text), { jsonDepth: 1, jsonNodes: 1 })).not.toThrow();
    },
  );

  it('stops at the first value too many, however long the rest is', () => {
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
