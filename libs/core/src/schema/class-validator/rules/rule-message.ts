import type { ValidationArguments } from 'class-validator';
import type { Rule } from '../metadata/class-rules.js';
import type { BoundRule } from './bound-rules.js';

const LONGEST_VALUE = 60;

/** What a rule says of a value that breaks it, as class-validator has it. */
export function messageOf(
  rule: Rule,
  args: ValidationArguments,
  constraint?: BoundRule['constraint'],
): string {
  const template: unknown = rule.message || constraint?.defaultMessage?.(args) || '';
  const text: unknown = typeof template === 'function' ? template(args) : template;
  return filled(typeof text === 'string' ? text : '', args);
}

/** The property is named already: `each value in tags must be a string` becomes `each value must be a string`. */
export function wording(name: string, value: unknown, message: string): string {
  const start = `${name} `;
  const rule = (message.startsWith(start) ? message.slice(start.length) : message).replace(
    `each value in ${name} `,
    () => 'each value ',
  );
  return value === undefined ? `is missing; ${rule}` : rule;
}

function filled(text: string, { constraints, value, property, targetName }: ValidationArguments) {
  if (!text.includes('$')) return text;
  let filledText = text;
  for (const [index, constraint] of (constraints ?? []).entries())
    filledText = filledText.replaceAll(`$constraint${index + 1}`, () => textOf(constraint));
  if (['string', 'boolean', 'number'].includes(typeof value))
    filledText = filledText.replaceAll('$value', () => String(value).slice(0, LONGEST_VALUE));
  return filledText.replaceAll('$property', () => property).replaceAll('$target', () => targetName);
}

function textOf(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return typeof constraint === 'symbol' ? (constraint.description ?? '') : String(constraint);
}
