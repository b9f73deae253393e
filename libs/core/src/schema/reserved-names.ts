import { type Finding, pathOf } from './findings.js';

/**
 * Own members of these names reach for the prototype of whatever they are copied to, or stand in for what
 * every object has (`toString`); class-transformer would drop most of them without a word.
 */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

/** Finds own members of a reserved name, at any depth: refused before anything else looks at the arguments. */
export function reservedNames(value: unknown, path = ''): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const memberPath = pathOf(path, name);
    return RESERVED.has(name)
      ? [{ path: memberPath, words: 'is a reserved name (whitelistValidation)' }]
      : reservedNames(member, memberPath);
  });
}
