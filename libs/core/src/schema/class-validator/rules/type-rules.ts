import type { BoundRule } from './bound-rules.js';

/** The rules that say which values a property has at all, the most specific first. */
const TYPE_RULES: readonly string[] = [
  'isIn',
  'isEnum',
  'equals',
  'isDate',
  'isInt',
  'isNumber',
  'isString',
  'isBoolean',
  'isArray',
  'isObject',
];

export function isTypeRule({ name }: BoundRule): boolean {
  return TYPE_RULES.includes(name);
}

/** The rules that can explain why a value has the wrong type, in the order in which they are asked. */
export function explainingRules(rules: readonly BoundRule[]): BoundRule[] {
  return rules
    .filter((one) => !one.rule.each && isTypeRule(one))
    .toSorted((a, b) => TYPE_RULES.indexOf(a.name) - TYPE_RULES.indexOf(b.name));
}
