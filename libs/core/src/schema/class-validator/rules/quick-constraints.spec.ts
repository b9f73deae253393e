import {
  getMetadataStorage,
  IsTimeZone,
  Length,
  MaxLength,
  MinLength,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { array, assert, constantFrom, integer, property } from 'fast-check';
import { cpuMilliseconds } from '../../../../../../test/support/cpu-time.js';
import { quickConstraint } from './quick-constraints.js';

type Bound = readonly [
  decorate: (prototype: object, property: string) => void,
  constraints: readonly (number | undefined)[],
];

/** The constraint that a decorator registers. */
function constraintOf(decorate: Bound[0]): [string, ValidatorConstraintInterface] {
  class Holder {}
  decorate(Holder.prototype, 'value');
  const storage = getMetadataStorage();
  const [rule] = storage.getTargetValidationMetadatas(Holder, '', true, false);
  const [constraint] = storage.getTargetValidatorConstraints(rule?.constraintCls ?? Holder);
  if (constraint === undefined) throw new Error('without a constraint');
  return [constraint.name, constraint.instance];
}

const argumentsOf = (constraints: Bound[1]) => ({
  constraints: [...constraints],
  value: undefined,
  targetName: '',
  object: {},
  property: 'value',
});

const text = array(constantFrom('a', '\u{1f600}', '\ud83d', '\ude00', '\ufe0f', '\ufe0e', '\n'), {
  maxLength: 12,
}).map((parts) => parts.join(''));

describe('the rules of lengths', () => {
  it('return the verdicts of class-validator', () => {
    assert(
      property(
        text,
        integer({ min: 0, max: 8 }),
        integer({ min: 0, max: 8 }),
        (value, one, two) => {
          const bounds: Bound[] = [
            [MinLength(one), [one]],
            [MaxLength(one), [one]],
            [Length(one, two), [one, two]],
            [Length(one), [one, undefined]],
          ];
          for (const [decorate, constraints] of bounds) {
            const [name, own] = constraintOf(decorate);
            const args = argumentsOf(constraints);
            const quick = quickConstraint(name, own);
            expect(quick).not.toBe(own);
            expect(quick.validate(value, args)).toBe(own.validate(value, args));
          }
        },
      ),
    );
  });

  it('count millions of emoji without building a list of them', () => {
    const emoji = '\u{1f600}\ufe0f'.repeat(500_000);
    for (const decorate of [MinLength(9e9), MaxLength(1)]) {
      const quick = quickConstraint(...constraintOf(decorate));
      const args = argumentsOf([1]);
      expect(cpuMilliseconds(() => quick.validate(emoji, args), 40, 12)).toBeLessThan(40);
    }
  });
});

describe('the rule of time zones', () => {
  afterEach(() => jest.restoreAllMocks());

  const [name, own] = constraintOf(IsTimeZone());

  it.each(['Europe/Berlin', 'europe/berlin', 'UTC', 'Mars/Base', '', 'x'.repeat(5_000), 1, null])(
    'returns the verdict of class-validator for %p, the second time too',
    (value) => {
      const quick = quickConstraint(name, own);
      const expected = own.validate(value, argumentsOf([]));
      expect(quick.validate(value, argumentsOf([]))).toBe(expected);
      expect(quick.validate(value, argumentsOf([]))).toBe(expected);
    },
  );

  it.each(['Asia/Tokyo', 'Mars/Base'])('asks class-validator once for %p', (zone) => {
    const validate = jest.spyOn(own, 'validate');
    const quick = quickConstraint(name, own);
    for (let time = 0; time < 10; time++) void quick.validate(zone, argumentsOf([]));
    expect(validate).toHaveBeenCalledTimes(1);
  });

  it('remembers valid names after any number of invalid ones', () => {
    const validate = jest.spyOn(own, 'validate');
    const quick = quickConstraint(name, own);
    for (let zone = 0; zone < 3_000; zone++) void quick.validate(`Mars/${zone}`, argumentsOf([]));
    validate.mockClear();
    for (let time = 0; time < 10; time++) void quick.validate('Asia/Tokyo', argumentsOf([]));
    expect(validate).toHaveBeenCalledTimes(1);
  });
});

@ValidatorConstraint({ name: 'maxLength' })
class Own implements ValidatorConstraintInterface {
  validate(): boolean {
    return false;
  }
}

it('a class of the application that has the name of a rule keeps its own verdict', () => {
  const [name, own] = constraintOf(Validate(Own, [100]));
  expect(name).toBe('maxLength');
  expect(quickConstraint(name, own).validate('a', argumentsOf([100]))).toBe(false);
});
