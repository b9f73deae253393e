import type { JsonSchema } from '../../interfaces/json.js';

/** How classes are published: to those who write the values, or to those who read them. */
export interface Publishing {
  /** Publish that `@IsOptional()` lets null through. Properties that say `nullable` publish it in any case. */
  readonly optionalNull: boolean;
  /** What stands for a value that no rule says anything about. */
  readonly anything: JsonSchema;
}

const SCALARS: readonly JsonSchema[] = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'object' },
];

/**
 * Of arguments. Some model APIs refuse a tool, or drop a property, whose schema is empty, names several
 * types in a list, or has a list without `items`; so it says less than the rules accept.
 */
export const ARGUMENTS: Publishing = {
  optionalNull: false,
  anything: { anyOf: [...SCALARS, { type: 'array', items: { anyOf: SCALARS } }] },
};

/** Of results: clients check these against the schema, so it accepts all that the rules accept. */
export const RESULTS: Publishing = {
  optionalNull: true,
  anything: { anyOf: [...SCALARS, { type: 'array' }, { type: 'null' }] },
};

/** How the arguments of a server's tools are published. */
export function argumentsPublishing(publishOptionalNull: boolean): Publishing {
  return publishOptionalNull ? { ...ARGUMENTS, optionalNull: true } : ARGUMENTS;
}
