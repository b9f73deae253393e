import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import { isConditional, isOptional, type Rule } from '../metadata/class-rules.js';

/**
 * Whether the rules refuse the value that an initializer assigns, as in `@IsNotEmpty() name = ''`. Callers then have to
 * send one.
 */
export function refusesInitial(rules: readonly Rule[], value: unknown): boolean {
  if (value === null && rules.some(isOptional)) return false;
  return rules
    .filter((rule) => !isConditional(rule) && !isOptional(rule))
    .some((rule) => valuesFor(rule, value).some((one) => isRefused(rule, one)));
}

function valuesFor({ each }: Rule, value: unknown): readonly unknown[] {
  if (!each) return [value];
  if (Array.isArray(value)) return value;
  return value instanceof Set || value instanceof Map ? [...value.values()] : [value];
}

function isRefused(rule: Rule, value: unknown): boolean {
  const { propertyName: property, constraints } = rule;
  const args: ValidationArguments = { targetName: '', property, object: {}, value, constraints };
  return getMetadataStorage()
    .getTargetValidatorConstraints(rule.constraintCls)
    .some(({ instance }) => instance.validate(value, args) === false);
}
