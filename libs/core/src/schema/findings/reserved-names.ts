import type { Findings } from './findings.js';
import { type ValuePath, ROOT } from './value-path.js';

/**
 * Own members with these names would change the prototype of an object that they are copied to, or hide a
 * method that every object has (`toString`). class-transformer would drop most of them silently.
 */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

/** class-transformer and class-validator recurse into each level: deeper arguments could overflow the stack. */
const MOST_LEVELS = 128;

/**
 * Adds a finding for each own member with a reserved name, at any depth, and for nesting of more than 128 levels.
 * Runs ahead of all other checks.
 */
export function reservedNames(
  value: unknown,
  findings: Findings,
  path: ValuePath | undefined = ROOT,
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
        reservedNames(item, findings, { parent: path, name: index }, level + 1);
    return;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (RESERVED.has(name))
      findings.add({ parent: path, name }, 'is a reserved name (whitelistValidation)');
    else if (typeof member === 'object')
      reservedNames(member, findings, { parent: path, name }, level + 1);
  }
}
