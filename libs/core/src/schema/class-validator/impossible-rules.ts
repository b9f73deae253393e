import type { Rule } from './metadata/class-rules.js';
import { keywordsOfRule } from './rule-schema.js';
import { refuseContradiction } from './contradicting-rules.js';
import { SchemaError } from '../schema.error.js';
import type { TransformedType } from './metadata/transformer-metadata.js';
import { carriedBy, type Holder } from './value-kind.js';

/** A property whose rules must match the type that class-transformer converts it to. */
export interface MadeProperty {
  /** `Order.shipTo` */
  readonly at: string;
  readonly holder: Holder;
  readonly made: TransformedType;
  readonly isTransformed: boolean;
  /** Whether it is a single argument, declared by `@Param()`. */
  readonly isArgument: boolean;
}

const DATE_ARGUMENT =
  'It arrives as text: use IsISO8601() in its place, and ParseDatePipe if the method takes a Date.';
const DATE_RULES = new Set(['isDate', 'minDate', 'maxDate']);

/**
 * Checks that values can satisfy the rules of a property.
 * @throws SchemaError when a rule about a JSON type applies to a converted value (a `Date` is never a string), or
 * class-transformer would not convert the property. The message names the property and the fix.
 */
export function refuseImpossible(property: MadeProperty, rules: readonly Rule[]): void {
  const { at, made, isTransformed } = property;
  const carried = carriedBy(made);
  if (carried === 'bigint' && !isTransformed)
    throw new SchemaError(
      `${at} is a bigint, but arrives as text. Put @Transform(({ value }) => BigInt(value)) on it.`,
    );
  if (!isTransformed) refuseUnmade(property);
  for (const rule of rules) refuseRule(property, rule);
  refuseContradiction(at, rules);
}

function refuseUnmade({ at, holder, made }: MadeProperty): void {
  const { element, declared, union } = made;
  const isNamed = holder === 'set' || holder === 'map';
  if (isNamed && element === undefined)
    throw new SchemaError(
      `${at} is a ${nameOf(holder)}, but what it holds is not known. Put @Type(() => TheClass) on it, or @Type(() => String) and the like.`,
    );
  if (holder === 'map' && union)
    throw new SchemaError(
      `${at} is a Map of a discriminated union, which class-transformer cannot make. Declare it as a list.`,
    );
  if (declared === Date && element !== Date)
    throw new SchemaError(`${at} is a Date, but arrives as text. Put @Type(() => Date) on it.`);
}

function refuseRule(property: MadeProperty, rule: Rule): void {
  const { at, made, isTransformed, isArgument } = property;
  const carried = carriedBy(made);
  if (DATE_RULES.has(rule.name ?? '')) {
    if (carried === 'Date' || isTransformed) return;
    throw new SchemaError(
      `${at} has the rule ${rule.name}, which refuses everything but a Date. ${isArgument ? DATE_ARGUMENT : 'Put @Type(() => Date) on it.'}`,
    );
  }
  const { type } = keywordsOfRule(rule);
  const seen = seenBy(property, rule);
  if (type === undefined || seen === undefined || (seen === 'Map' && type === 'object')) return;
  throw new SchemaError(
    `${at} is a ${seen}, which the rule ${rule.name} always refuses. Take the rule away; @IsDefined() is enough.`,
  );
}

/** The type that a rule receives, if JSON does not have it. Unknown after `@Transform()`, which can return any value. */
function seenBy({ holder, made, isTransformed }: MadeProperty, rule: Rule): string | undefined {
  const carried = carriedBy(made);
  if (isTransformed) return carried === 'bigint' ? carried : undefined;
  return !rule.each && holder !== 'none' ? nameOf(holder) : carried;
}

function nameOf(holder: Holder): string | undefined {
  if (holder === 'set') return 'Set';
  return holder === 'map' ? 'Map' : undefined;
}
