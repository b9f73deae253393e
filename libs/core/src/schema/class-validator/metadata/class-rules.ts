import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { notesOf } from '../../decorators/argument-notes.js';

/** One class-validator rule on one property. */
export type Rule = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

const NESTED = 'nestedValidation';
const CONDITIONAL = 'conditionalValidation';
const WHITELIST = 'whitelistValidation';

/**
 * The rules of a class that count, by property, in the order of declaration: those without a group, those of
 * the groups asked for, and those that always do. To class-validator itself a group means that rules without
 * one do not count, and so lets properties through that nothing looks at.
 */
export function rulesByProperty(type: Type, groups: readonly string[]): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  const all = getMetadataStorage().getTargetValidationMetadatas(type, '', true, true, [...groups]);
  for (const rule of all) {
    const list = rules.get(rule.propertyName);
    if (list) list.push(rule);
    else rules.set(rule.propertyName, [rule]);
  }
  return rules;
}

export function isNested(rule: Rule): boolean {
  return rule.type === NESTED;
}

/** Tells whether the rules want a value: some rule must have something against a property left out. */
export function wantValue(type: Type, property: string, rules: readonly Rule[]): boolean {
  const notes = notesOf(type.prototype as object, property);
  if (notes) return !notes.optional;
  return !rules.some((rule) => rule.type === CONDITIONAL) && !rules.every(acceptsNothing);
}

/** `@ValidateIf` may switch every rule off, so nothing can be said of the value. */
export function isFree(rules: readonly Rule[]): boolean {
  return rules.some(
    (rule) => rule.type === CONDITIONAL && rule.name !== 'isOptional' && !isOurs(rule),
  );
}

export function isOptional(rule: Rule): boolean {
  return rule.type === CONDITIONAL && rule.name === 'isOptional';
}

/** A condition on one rule alone: `@IsInt({ validateIf })`. class-validator 0.14 does not have it. */
export function isConditional(rule: Rule): boolean {
  return rule.validateIf !== undefined;
}

/** `@Allow()` and `@IsEmpty()` have nothing against a property that is left out. */
function acceptsNothing(rule: Rule): boolean {
  return rule.type === WHITELIST || rule.name === 'isEmpty' || isConditional(rule);
}

/** Properties made from `@Param` carry their own condition; their notes say what it means. */
function isOurs(rule: Rule): boolean {
  return (
    typeof rule.target === 'function' &&
    notesOf(rule.target.prototype as object, rule.propertyName) !== undefined
  );
}
