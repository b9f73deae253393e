import type { ValidationError } from 'class-validator';
import { findingsOf, lineOf, pathOf, unknownArgument } from './findings.js';

const error = (given: Partial<ValidationError>): ValidationError =>
  ({ property: 'x', value: 1, children: [], ...given }) as ValidationError;

const lines = (errors: readonly ValidationError[], accepted: readonly string[] = []) =>
  findingsOf(errors, accepted).map(lineOf);

describe('findingsOf', () => {
  it.each([
    [
      'names the argument once, then the rule',
      error({ constraints: { isInt: 'x must be an integer number' } }),
      ['x: must be an integer number (isInt)'],
    ],
    [
      'says that an argument is missing',
      error({ value: undefined, constraints: { isString: 'x must be a string' } }),
      ['x: is missing; must be a string (isString)'],
    ],
    [
      'keeps a message of the application as it is',
      error({ constraints: { even: 'Only even numbers, please' } }),
      ['x: Only even numbers, please (even)'],
    ],
    [
      'keeps a longer name that begins alike',
      error({ constraints: { odd: 'xylophones are refused' } }),
      ['x: xylophones are refused (odd)'],
    ],
    [
      'does not repeat the name of a list',
      error({ constraints: { isString: 'each value in x must be a string' } }),
      ['x: each value must be a string (isString)'],
    ],
    [
      'gives one line per broken rule',
      error({ constraints: { min: 'x must not be less than 1', isInt: 'x must be an integer' } }),
      ['x: must not be less than 1 (min)', 'x: must be an integer (isInt)'],
    ],
    [
      'names members of lists and objects by their path',
      error({
        property: 'orders',
        children: [
          error({
            property: '1',
            children: [error({ property: 'sku', constraints: { isString: 'sku must be text' } })],
          }),
        ],
      }),
      ['orders[1].sku: must be text (isString)'],
    ],
    [
      'names the parent of an object that no rules are known for',
      error({
        property: 'extra',
        children: [
          error({ property: undefined, constraints: { unknownValue: 'an unknown value' } }),
        ],
      }),
      ['extra: an unknown value (unknownValue)'],
    ],
    [
      'takes a name with signs of replacement patterns literally',
      error({ property: '$&', constraints: { isInt: 'each value in $& must be an integer' } }),
      ['$&: each value must be an integer (isInt)'],
    ],
  ])('%s', (_, given, expected) => {
    expect(lines([given])).toEqual(expected);
  });

  it('tells which arguments there are when it does not know one', () => {
    const unknown = error({ constraints: { whitelistValidation: 'property x should not exist' } });
    expect(lines([unknown], ['city', 'unit'])).toEqual([
      'x: is not an argument (whitelistValidation); accepted: city, unit',
    ]);
  });

  it('does not offer the arguments of the tool for a member of one', () => {
    const inner = error({ constraints: { whitelistValidation: 'property x should not exist' } });
    expect(lines([error({ property: 'home', children: [inner] })], ['home'])).toEqual([
      'home.x: is not an argument (whitelistValidation)',
    ]);
  });

  it('survives errors without constraints and children', () => {
    expect(lines([error({ children: undefined })])).toEqual([]);
  });
});

describe('pathOf', () => {
  it('cuts names that are longer than any argument is', () => {
    expect(pathOf('', 'n'.repeat(5_000))).toHaveLength(100);
  });

  it.each([
    ['', 'a', 'a'],
    ['a', 'b', 'a.b'],
    ['a', '0', 'a[0]'],
    ['', '0', '0'],
  ])('of %j and %j is %j', (parent, name, path) => {
    expect(pathOf(parent, name)).toBe(path);
  });
});

describe('unknownArgument', () => {
  it('says nothing of accepted names where there are none', () => {
    expect(lineOf(unknownArgument('x', []))).toBe('x: is not an argument (whitelistValidation)');
  });
});
