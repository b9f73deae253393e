import { array, assert, property, string } from 'fast-check';
import { memberPath, pathTo, type ValuePath, ROOT } from './value-path.js';

const placeOf = (names: readonly string[]): ValuePath | undefined =>
  names.reduce<ValuePath | undefined>((parent, name) => ({ parent, name }), ROOT);

describe('a path', () => {
  it.each([
    ['', 'a', 'a'],
    ['a', 'b', 'a.b'],
    ['a', '0', 'a[0]'],
    ['', '0', '0'],
  ])('of %j and %j is %j', (parent, name, path) => {
    expect(memberPath(parent, name)).toBe(path);
  });

  it('truncates names that are longer than any argument', () => {
    expect(memberPath('', 'n'.repeat(5_000))).toHaveLength(100);
  });

  it('is one short line for any names', () => {
    const names = array(string({ unit: 'binary', maxLength: 300, size: 'max' }), {
      maxLength: 70,
      size: 'max',
    });
    assert(
      property(names, (given) => {
        const path = pathTo(placeOf(given));
        expect(path.length).toBeLessThanOrEqual(241);
        expect(path).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
      { numRuns: 50 },
    );
  });

  it('names the first and the last of many segments', () => {
    const path = pathTo(placeOf(['first', ...Array<string>(60).fill('between'), 'last']));
    expect(path).toMatch(/^first\.between\..*….*\.last$/);
  });
});
