import { isJsonObject } from './json.js';

it.each([
  [{}, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  [undefined, false],
  ['{}', false],
  [1, false],
  [() => ({}), false],
])('isJsonObject(%p) is %p', (value, expected) => {
  expect(isJsonObject(value)).toBe(expected);
});
