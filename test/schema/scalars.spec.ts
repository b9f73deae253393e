import { ARGUMENTS } from '../../libs/core/src/schema/class-validator/publishing.js';
import { maybe, one, optional, testTable } from './table.js';

const { anything } = ARGUMENTS;
const text = { type: 'string' };
const UNIT = { type: 'string', enum: ['c', 'k'] };
const UUID = '550e8400-e29b-41d4-a716-446655440000';

testTable('test/schema/scalars.dto.ts', {
  Text: one(text, ['', 'é🌍'], [1, null, true, ['a'], {}]),
  Lengths: one({ ...text, minLength: 2, maxLength: 3 }, ['ab', 'abc'], ['a', 'abcd', 12]),
  Shortest: one({ ...text, minLength: 2 }, ['ab'], ['a', ['a', 'b']]),
  Longest: one({ ...text, maxLength: 2 }, ['', 'ab'], ['abc', []]),
  Pattern: one({ ...text, pattern: '^[a-c]+$' }, ['abc'], ['', 'd', 'A', 1]),
  Flagged: one(
    { ...text, description: 'Must match /^[a-c]+$/i regular expression.' },
    ['abc', 'ABC'],
    [1, null],
  ),
  Mail: one({ ...text, format: 'email' }, ['a@b.de'], ['a', 1]),
  Id: one({ ...text, format: 'uuid' }, [UUID], ['1', 1]),
  Containing: one({ ...text, description: 'Must contain "a".' }, ['cat'], [1, null]),
  NotEmpty: one({ ...ARGUMENTS.anything, minLength: 1 }, ['a', 0, false, []], ['', null]),
  Numeric: one({ type: 'number' }, [0, -1.5, 1e300], ['1', true, null, [1]]),
  Whole: one({ type: 'integer', minimum: 1, maximum: 9 }, [1, 9], [0, 10, 1.5, '5']),
  Positive: one({ type: 'number', exclusiveMinimum: 0 }, [0.1], [0, -1, '1']),
  Flag: one({ type: 'boolean' }, [true, false], [0, 'true', null]),
  TextEnum: one(UNIT, ['c', 'k'], ['Kelvin', 0, null, ['c']]),
  NumberEnum: one({ type: 'number', enum: [0, 1] }, [0, 1], ['Low', 2, '0']),
  MixedEnum: one({ enum: [0, 'yes'] }, [0, 'yes'], ['No', 'Yes', 1]),
  Choice: one({ type: 'string', enum: ['a', 'b'] }, ['a'], ['c', ['a']]),
  Constant: one({ const: 5 }, [5], [6, '5']),
  AnyObject: one({ type: 'object' }, [{}, { a: 1 }], [[], 'a', null]),
  Anything: maybe(anything, [1, 'a', [], [{}, 1, 'a', true], {}], [], {
    unpublished: [{ x: null }, { x: [null] }, { x: [[]] }],
  }),
  Empty: maybe(
    { ...anything, description: 'Must be empty: an empty string, null, or left out.' },
    [''],
    [],
    { unpublished: [{ x: null }] },
  ),
  Defined: one(anything, [1, '', [], {}], [null], { unpublished: [{ x: [null] }] }),
  AnyList: one({ type: 'array' }, [[], [1, 'a']], ['a', {}, null]),
  Texts: one({ type: 'array', items: text }, [[], ['a']], ['a', [1], [null], [['a']], {}]),
  SizedTexts: one(
    { type: 'array', items: { ...text, maxLength: 2 }, minItems: 1, maxItems: 2 },
    [['ab'], ['a', 'b']],
    [[], ['abc'], ['a', 'b', 'c'], 'ab'],
  ),
  Units: one({ type: 'array', items: UNIT }, [[], ['c', 'k']], ['c', ['x'], {}]),
  Optional: optional(text, ['a'], [1, []]),
  OptionalUnits: optional({ type: 'array', items: UNIT }, [['c']], ['c', [null]]),
  Conditional: {
    ...one({ type: 'integer' }, [1], ['a', 1.5, '1', null], { required: [] }),
    unpublished: [{ x: 'skip' }],
  },
});
