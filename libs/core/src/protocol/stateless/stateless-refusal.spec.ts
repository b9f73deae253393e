import { statusOfError } from './stateless-refusal.js';

it.each([
  [-32601, 404],
  [-32020, 400],
  [-32021, 400],
  [-32022, 400],
  [-32602, 200],
  [-32603, 200],
  [-32600, 200],
  [1, 200],
])('an error %i of 2026-07-28 is sent with the status %i', (code, status) => {
  expect(statusOfError(code)).toBe(status);
});
