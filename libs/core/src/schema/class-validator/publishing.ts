import type { JsonSchema } from '../../interfaces/json.js';

/** How the schema of a class is published: for arguments, or for results. */
export interface Publishing {
  /** Whether to publish that `@IsOptional()` accepts null. Properties with `nullable` always publish it. */
  readonly optionalNull: boolean;
  /**
   * Whether the schema must accept every value that the rules accept: properties that are not published, and any
   * value where `@ValidateIf()` switches the rules off.
   */
  readonly acceptsAll: boolean;
  /** The schema of a value without rules. */
  readonly anything: JsonSchema;
}

const SCALARS: readonly JsonSchema[] = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'object' },
];

/**
 * For arguments. Some model APIs refuse a tool, or drop a property, if its schema is empty, has several types in
 * `type`, or has a list without `items`. So the schema accepts less than the rules do.
 */
export const ARGUMENTS: Publishing = {
  optionalNull: false,
  acceptsAll: false,
  anything: { anyOf: [...SCALARS, { type: 'array', items: { anyOf: SCALARS } }] },
};

/** For results. Clients validate them, so the schema accepts every value that the rules accept. */
export const RESULTS: Publishing = {
  optionalNull: true,
  acceptsAll: true,
  anything: { anyOf: [...SCALARS, { type: 'array' }, { type: 'null' }] },
};

/** How a server publishes the arguments of its tools, by its option. */
export function argumentsPublishing(publishOptionalNull: boolean): Publishing {
  return publishOptionalNull ? { ...ARGUMENTS, optionalNull: true } : ARGUMENTS;
}
