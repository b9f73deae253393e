import { type Finding, pathOf } from './findings.js';

/**
 * Own members of these names reach for the prototype of whatever they are copied to, or stand in for what
 * every object has (`toString`); class-transformer would drop most of them without a word.
 */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

/** class-transformer and class-validator call themselves for each level, and would run out of stack. */
const MOST_LEVELS = 128;

/**
 * Finds own members of a reserved name, at any depth, and what is nested deeper than anything can look:
 * refused before anything else looks at the arguments.
 */
export function reservedNames(value: unknown, path = '', level = 0): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  if (level > MOST_LEVELS)
    return [{ path: '', words: `an argument is nested deeper than ${MOST_LEVELS} levels (depth)` }];
  return Object.entries(value).flatMap(([name, member]) => {
    const memberPath = pathOf(path, name);
    return RESERVED.has(name)
      ? [{ path: memberPath, words: 'is a reserved name (whitelistValidation)' }]
      : reservedNames(member, memberPath, level + 1);
  });
}
