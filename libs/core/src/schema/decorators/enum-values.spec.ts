import { assert, dictionary, double, integer, oneof, property, stringMatching } from 'fast-check';
import { enumValues } from './enum-values.js';

enum Text {
  High = 'high',
  Low = 'low',
}
enum Numeric {
  Zero,
  One,
  Ten = 10,
}
enum Odd {
  Negative = -1,
  Half = 0.5,
  Huge = 1e21,
}
enum Mixed {
  No = 0,
  Yes = 'YES',
}
/** What TypeScript compiles `enum Alias { First = 1, Same = 1 }` to. */
const Alias = { First: 1, Same: 1, 1: 'Same' };
enum Swapped {
  A = 'B',
  B = 'A',
}

describe('enumValues', () => {
  it.each([
    ['a string enum', Text, ['high', 'low']],
    ['a numeric enum, without its reverse mapping', Numeric, [0, 1, 10]],
    ['negative, fractional and huge members', Odd, [-1, 0.5, 1e21]],
    ['a mixed enum', Mixed, [0, 'YES']],
    ['members of the same value once', Alias, [1]],
    ['members named like each other’s values', Swapped, ['B', 'A']],
    ['an object of constants', { small: 's', large: 'l' } as const, ['s', 'l']],
    ['keys that look like numbers but map nothing back', { 1: 'one', 2: 'two' }, ['one', 'two']],
    ['a list', ['x', 'y', 'x'] as const, ['x', 'y']],
    ['a list of numbers', [3, 1, 2] as const, [3, 1, 2]],
    ['an empty enum', {}, []],
  ])('returns the values of %s', (_, choices, values) => {
    expect(enumValues(choices)).toEqual(values);
  });

  it('returns the members of any numeric enum, as TypeScript compiles it', () => {
    const name = stringMatching(/^[A-Z][a-z]{0,8}$/);
    const members = dictionary(name, oneof(integer(), double({ noNaN: true })));
    assert(
      property(members, (declared) => {
        const compiled: Record<string, string | number> = {};
        for (const [member, value] of Object.entries(declared))
          compiled[(compiled[member] = value)] = member;
        expect(new Set(enumValues(compiled))).toEqual(new Set(Object.values(declared)));
      }),
    );
  });
});
