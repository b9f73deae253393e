import { ARGUMENTS } from '../../libs/core/src/schema/class-validator/publishing.js';
import { closed, one, optional, testTable } from './table.js';

const text = { type: 'string' };
const integer = { type: 'integer' };
const ROLE = { $ref: '#/$defs/Role' };
const Role = closed({ id: integer, parent: ROLE }, ['id']);
const $defs = { Role };
const role = { id: 1, parent: { id: 2 } };
const NO_ROLES = [1, 'a', [role], { id: 'a' }, { id: 1, other: 1 }, { id: 1, parent: 5 }, {}];
const list = { type: 'array' };
const UNIT = { ...text, enum: ['c', 'k'] };

testTable('test/schema/known-types.dto.ts', {
  Role: {
    properties: { id: integer, parent: { $ref: '#' } },
    required: ['id'],
    accepted: [role],
    unpublished: [{ id: 1, parent: null }],
    refused: [{ id: 1, parent: {} }],
  },
  DeclaredText: one({ ...text, minLength: 1 }, ['a'], ['', 5, true, null, ['a'], {}]),
  DeclaredNumber: one({ type: 'number' }, [0, 1.5], ['1', '', null, []]),
  DeclaredFlag: one({ type: 'boolean' }, [true, false], [0, 'true', null]),
  DeclaredList: one({ ...list, items: ARGUMENTS.anything }, [[], ['a', 1]], ['a', {}, null]),
  DeclaredObject: one(ROLE, [role], [...NO_ROLES, null], { $defs }),
  DeclaredUnknownClass: one(ARGUMENTS.anything, ['a', {}, 5], [null]),
  CustomRule: one(text, ['a'], [5, null, {}]),
  OptionalDeclared: optional(text, ['', 'a'], [5, []]),
  Typed: one(ROLE, [role], [...NO_ROLES, null], { $defs }),
  TypedOptional: optional(ROLE, [role], NO_ROLES, { $defs }),
  TypedList: one({ ...list, items: ROLE }, [[], [role]], [role, ...NO_ROLES.map((x) => [x])], {
    $defs,
  }),
  TypedSet: one({ ...list, items: ROLE }, [[], [role]], [role, [{}]], { $defs }),
  TypedMap: one(
    { type: 'object', additionalProperties: { type: 'number' } },
    [{}, { a: 1 }],
    [[], { a: '1' }],
  ),
  TypedNumber: one({ type: 'number' }, [1], ['1', null, true]),
  TypedBare: one({ type: 'object' }, [{}, { id: 1 }], [5, 'a', [], null]),
  TypedImpossible: one(
    { $ref: '#/$defs/HoldsImpossible' },
    [{}, { it: { at: 'x' } }],
    [{ it: 5 }, { other: 1 }],
    { $defs: { HoldsImpossible: closed({ it: { type: 'object' } }, []) } },
  ),
  SaidType: one(integer, [1], ['1', 1.5]),
  SaidClass: one(ROLE, [role], [...NO_ROLES, null], { $defs }),
  SaidList: one({ ...list, items: text }, [[], ['a']], ['a', [1], {}]),
  SaidItems: one({ ...list, items: ROLE }, [[], [role]], [role, [{}], [1]], { $defs }),
  SaidDate: one({ ...text, format: 'date-time' }, ['2026-01-31T12:00:00Z'], [5]),
  SaidEnum: one({ minLength: 1, ...UNIT }, ['c'], ['x', 'Kelvin', 5]),
  SaidEnums: one({ ...list, items: UNIT }, [[], ['c', 'k']], ['c', ['x'], [5]]),
  RuleWins: one(text, ['a'], [5]),
  SaidBeforeTransform: one(text, ['["a"]'], []),
  Kept: one({ ...text, minLength: 2 }, ['ab'], ['a', 5]),
});
