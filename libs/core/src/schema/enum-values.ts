import type { EnumLike } from './param-options.interface.js';

/** Values of an enum in declaration order; the reverse mapping of numeric enums is not among them. */
export function enumValues(choices: EnumLike): (string | number)[] {
  if (isList(choices)) return [...choices];
  return Object.keys(choices)
    .filter((key) => !isReverseMapping(choices, key))
    .flatMap((key) => choices[key] ?? []);
}

function isList(choices: EnumLike): choices is readonly (string | number)[] {
  return Array.isArray(choices);
}

function isReverseMapping(choices: { readonly [member: string]: string | number }, key: string) {
  const member = choices[key];
  return (
    /^-?\d+(\.\d+)?$/.test(key) && typeof member === 'string' && choices[member] === Number(key)
  );
}
