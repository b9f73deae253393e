import type { EnumLike } from './param-options.interface.js';

/**
 * The values of an enum in the order of declaration, without duplicates and without the reverse mapping of
 * numeric enums.
 */
export function enumValues(choices: EnumLike): (string | number)[] {
  if (isList(choices)) return [...new Set(choices)];
  const values = Object.keys(choices)
    .filter((key) => !isReverseMapping(choices, key))
    .flatMap((key) => choices[key] ?? []);
  return [...new Set(values)];
}

function isList(choices: EnumLike): choices is readonly (string | number)[] {
  return Array.isArray(choices);
}

function isReverseMapping(choices: { readonly [member: string]: string | number }, key: string) {
  const member = choices[key];
  return (
    String(Number(key)) === key && typeof member === 'string' && choices[member] === Number(key)
  );
}
