import type { ValidationArguments } from 'class-validator';
import type { Rule } from '../metadata/class-rules.js';
import { dateMessage } from './date-words.js';
import type { BoundRule } from './bound-rules.js';

const LONGEST_VALUE = 60;

/** The message of a broken rule, with its placeholders filled in as class-validator does. */
export function messageOf(
  rule: Rule,
  args: ValidationArguments,
  constraint?: BoundRule['constraint'],
): string {
  const template: unknown =
    rule.message || dateMessage(rule) || constraint?.defaultMessage?.(args) || '';
  const text: unknown = typeof template === 'function' ? template(args) : template;
  return filled(typeof text === 'string' ? text : '', args);
}

/** The words for a rule without a message, of which only the name is known. */
export function unworded(name: string, rule: Rule): string {
  return name === rule.type ? 'is not accepted by its rule' : `is not accepted by the rule ${name}`;
}

/** Removes the name of the property, because the finding has its path: `each value in tags must …` becomes `each value must …`. */
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
