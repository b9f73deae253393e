import type { Type } from '@nestjs/common';
import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { copied, instanceOf } from './instance-of.js';
import { type Known, resolved, sampleOf } from './sample-value.js';

/** A property with `@Transform()`, which decides what the property accepts. */
export interface TransformedProperty {
  readonly type: Type;
  readonly property: string;
  /** The name that callers use. */
  readonly name: string;
  readonly schema: JsonSchema;
}

const TEXTS = ['a', '1', 'true', 'a,b', '[]', '{}'];

/**
 * What a property is published as, if its transformation converts only other values: text to a list, JSON to an
 * object. Undefined if the transformation accepts what is published, or what it accepts cannot be found out.
 */
export function unsatisfiable(
  transformed: TransformedProperty,
  groups: readonly string[],
  $defs: Known,
): string | undefined {
  const schema = resolved(transformed.schema, $defs);
  const fits = FITS[String(schema.type)];
  if (fits === undefined) return undefined;
  const { words, accepts } = fits;
  const sample = sampleOf(schema, $defs);
  const made = (value: unknown): Outcome => outcome(transformed, groups, value);
  const ofSample = made(sample);
  if (accepts(ofSample.value))
    return schema.type === 'boolean' && isBlind(made) ? words : undefined;
  const takesText = [JSON.stringify(sample), ...TEXTS].some((text) => accepts(made(text).value));
  return takesText || !ofSample.isThrown ? words : undefined;
}

/** Whether a transformation returns the type of the schema for a value of that type. */
export function keepsType(transformed: TransformedProperty, groups: readonly string[]): boolean {
  const { value } = outcome(transformed, groups, sampleOf(transformed.schema, {}));
  return typeof value === transformed.schema.type;
}

interface Outcome {
  readonly value: unknown;
  readonly isThrown: boolean;
}

function outcome(
  { type, property, name }: TransformedProperty,
  groups: readonly string[],
  value: unknown,
): Outcome {
  try {
    const made = instanceOf(type, { [name]: copied(value) }, groups);
    return { value: Reflect.get(made, property), isThrown: false };
  } catch {
    return { value: undefined, isThrown: true };
  }
}

/** Whether a transformation distinguishes the texts `true` and `false`, and not the two values. */
function isBlind(made: (value: unknown) => Outcome): boolean {
  return made(true).value === made(false).value && made('true').value !== made('false').value;
}

interface Fitting {
  readonly words: string;
  readonly accepts: (value: unknown) => boolean;
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);

/** Text is left out: it is what callers of a route send, and what a transformation can hardly refuse. */
const FITS: Readonly<Record<string, Fitting>> = {
  object: { words: 'an object', accepts: (value) => isJsonObject(value) },
  array: {
    words: 'a list',
    accepts: (value) => Array.isArray(value) || value instanceof Set,
  },
  number: { words: 'a number', accepts: isNumber },
  integer: { words: 'a whole number', accepts: isNumber },
  boolean: { words: 'a boolean', accepts: (value) => typeof value === 'boolean' },
};
