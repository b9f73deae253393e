import type { Findings } from './findings.js';
import { type ValuePath, ROOT } from './value-path.js';

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
export function reservedNames(
  value: unknown,
  findings: Findings,
  place: ValuePath | undefined = ROOT,
  level = 0,
): void {
  if (typeof value !== 'object' || value === null) return;
  if (level > MOST_LEVELS) {
    findings.add(ROOT, `an argument is nested deeper than ${MOST_LEVELS} levels (depth)`);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      if (typeof item === 'object')
        reservedNames(item, findings, { parent: place, name: index }, level + 1);
    return;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (RESERVED.has(name))
      findings.add({ parent: place, name }, 'is a reserved name (whitelistValidation)');
    else if (typeof member === 'object')
      reservedNames(member, findings, { parent: place, name }, level + 1);
  }
}
