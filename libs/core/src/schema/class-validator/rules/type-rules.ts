import type { Rule } from '../metadata/class-rules.js';

/** A rule and the name of its constraint. */
interface NamedRule {
  readonly rule: Pick<Rule, 'each'>;
  readonly name: string;
}

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

export function isTypeRule({ name }: NamedRule): boolean {
  return TYPE_RULES.includes(name);
}

/** The rules that can explain why a value has the wrong type, in the order in which they are asked. */
export function explainingRules<One extends NamedRule>(rules: readonly One[]): One[] {
  return rules
    .filter((one) => !one.rule.each && isTypeRule(one))
    .toSorted((a, b) => TYPE_RULES.indexOf(a.name) - TYPE_RULES.indexOf(b.name));
}
