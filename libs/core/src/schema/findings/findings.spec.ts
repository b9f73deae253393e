import { array, assert, integer, property, string } from 'fast-check';
import { boundedLines, Findings, lineOf, unknownArgument } from './findings.js';

const MOST_BYTES = 16 * 1024;

describe('findings', () => {
  it('keep the first 50, and the total number', () => {
    const findings = new Findings();
    let made = 0;
    for (let index = 0; index < 10_000; index++)
      findings.add({ parent: undefined, name: index }, () => `wrong ${++made}`);
    expect(findings.list).toHaveLength(50);
    expect(findings.total).toBe(10_000);
    expect(made).toBe(50);
    expect(boundedLines(findings.list.map(lineOf), findings.total).slice(49)).toEqual([
      '49: wrong 50',
      'and 9950 more',
    ]);
  });

  it.each([
    [50, false],
    [51, true],
  ])('%d counts as many: %s', (count, areMany) => {
    const findings = new Findings();
    for (let index = 0; index < count; index++) findings.add(undefined, 'wrong');
    expect(findings.areMany).toBe(areMany);
  });
});

describe('boundedLines', () => {
  it('fit 16 KiB with any content, and account for all', () => {
    const lines = array(string({ unit: 'binary', maxLength: 5_000, size: 'max' }), {
      maxLength: 80,
      size: 'max',
    });
    assert(
      property(lines, integer({ min: 0, max: 9 }), (given, more) => {
        const kept = boundedLines(given, given.length + more);
        expect(Buffer.byteLength(kept.join('\n- '))).toBeLessThan(MOST_BYTES);
        const last = /^and (\d+) more$/.exec(kept.at(-1) ?? '');
        const left = last === null ? 0 : Number(last[1]);
        expect(kept.length - (left > 0 ? 1 : 0) + left).toBe(given.length + more);
      }),
      { numRuns: 50 },
    );
  });
});

describe('unknownArgument', () => {
  it.each([
    [[], ''],
    [['city', 'unit'], '; accepted: city, unit'],
  ])('suggests the names %j', (names, words) => {
    expect(unknownArgument(names)).toBe(`is not an argument (whitelistValidation)${words}`);
  });

  it('suggests only as many names as fit', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `argument${index}`);
    const words = unknownArgument(names);
    expect(words).toMatch(/; accepted: argument0, argument1, .* and 9\d\d more$/);
    expect(words.length).toBeLessThan(300);
  });
});
