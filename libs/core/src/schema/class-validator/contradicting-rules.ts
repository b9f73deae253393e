import type { Rule } from './metadata/class-rules.js';
import { keywordsOfRule } from './rule-schema.js';
import { ContradictionError } from '../schema.error.js';

/** The types of JSON values that satisfy a rule; a whole number is a number. */
const kindOf = (type: string): string => (type === 'integer' ? 'number' : type);

/**
 * Checks that one value can satisfy all rules of a property: one requires text, and another a number, for example.
 * Rules for each value of a list are compared with each other only.
 * @throws ContradictionError when no value can.
 */
export function refuseContradiction(at: string, rules: readonly Rule[]): void {
  for (const each of [false, true]) {
    const typed = rules
      .filter((rule) => rule.each === each)
      .map((rule) => ({ name: rule.name ?? '', type: keywordsOfRule(rule)['type'] }))
      .filter((one): one is { name: string; type: string } => typeof one.type === 'string');
    const [first] = typed;
    const other = typed.find(({ type }) => first && kindOf(type) !== kindOf(first.type));
    if (first && other) throw new ContradictionError(at, first, other);
  }
}
