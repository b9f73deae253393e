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
 * The rules of a class that apply, by property, in the order of declaration: those without a group, those of the
 * given groups, and those with `always`. class-validator itself ignores rules without a group when groups are
 * given, and then does not validate their properties.
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

/** Whether a property is required: at least one rule refuses undefined, and no condition switches the rules off. */
export function wantValue(type: Type, property: string, rules: readonly Rule[]): boolean {
  const notes = notesOf(type.prototype as object, property);
  if (notes) return !notes.optional;
  return !rules.some((rule) => rule.type === CONDITIONAL) && !rules.every(acceptsNothing);
}

type Condition = (object: object, value: unknown) => boolean;

/** The conditions that can switch off every rule, so that any value may pass: those of `@ValidateIf()`. */
export function conditionsOf(rules: readonly Rule[]): Condition[] {
  return rules
    .filter((rule) => rule.type === CONDITIONAL && rule.name !== 'isOptional' && !isOurs(rule))
    .map(({ constraints }) => (constraints as [Condition])[0]);
}

export function isOptional(rule: Rule): boolean {
  return rule.type === CONDITIONAL && rule.name === 'isOptional';
}

/** Whether the rule has a condition of its own: `@IsInt({ validateIf })`. class-validator 0.14 does not support it. */
export function isConditional(rule: Rule): boolean {
  return rule.validateIf !== undefined;
}

/** Whether a rule accepts undefined, as `@Allow()` and `@IsEmpty()` do. */
function acceptsNothing(rule: Rule): boolean {
  return rule.type === WHITELIST || rule.name === 'isEmpty' || isConditional(rule);
}

/** Whether a condition was created for a `@Param()`. The notes of the argument then say what it means. */
function isOurs(rule: Rule): boolean {
  return (
    typeof rule.target === 'function' &&
    notesOf(rule.target.prototype as object, rule.propertyName) !== undefined
  );
}
