import type { Type } from '@nestjs/common';
import { type JsonObject, isJsonObject } from '../../interfaces/json.js';
import { type ArgumentsPlan, planClass, refuseReserved } from '../arguments/arguments-plan.js';
import { InvalidArgumentsError } from '../findings/invalid-arguments.error.js';
import { ARGUMENTS } from '../class-validator/publishing.js';
import { SchemaError } from '../schema.error.js';
import { validatorOf } from '../json-schema/json-schema-validator.js';
import { withObjectRoot } from './object-root.js';
import type { SchemaLike } from '../standard/schema-like.interface.js';
import { type SchemaSource, type Verdict, verdictOn } from '../schema-source.js';
import { standardOf } from '../standard/standard-class.js';
import { isSchemaPair, pairSource, standardSource } from '../standard/standard-source.js';

/**
 * Plans the arguments of a tool from one schema for all of them.
 * @throws SchemaError when the schema cannot be published, or does not describe an object.
 */
export function planInput(given: SchemaLike, publishing = ARGUMENTS): ArgumentsPlan {
  if (isClass(given)) return planClass(given, new Map(), [], publishing);
  const source = inputSource(given);
  const inputSchema = withObjectRoot(source.jsonSchema);
  if (inputSchema.type !== 'object')
    throw new SchemaError('arguments are an object: its root must be of type "object"');
  return { inputSchema, read: (raw) => read(source, raw) };
}

/** Whether a value is a class with rules: a function that neither is a schema, as arktype's are, nor has one. */
export function isClass(given: unknown): given is Type {
  return typeof given === 'function' && standardOf(given) === undefined;
}

function inputSource(given: unknown): SchemaSource {
  const standard = standardOf(given);
  if (standard !== undefined) return usable(standardSource(standard, 'input'));
  if (isSchemaPair(given)) return usable(pairSource(given, 'input'));
  if (!isJsonObject(given)) throw new SchemaError('it is not a schema');
  const jsonSchema = { ...given };
  const findings = validatorOf(jsonSchema);
  return { jsonSchema, validate: (value) => verdictOn(value, findings(value)) };
}

/** The published schema has to be valid, even if the vendor's schema validates. */
function usable(source: SchemaSource): SchemaSource {
  validatorOf(source.jsonSchema);
  return source;
}

function read(source: SchemaSource, raw: JsonObject): object | Promise<object> {
  refuseReserved(raw);
  const verdict = source.validate(raw);
  return verdict instanceof Promise ? verdict.then(accepted) : accepted(verdict);
}

function accepted(verdict: Verdict): object {
  if ('findings' in verdict) throw new InvalidArgumentsError(verdict.findings);
  // A transform at the root can return any value. The type of the @Param() is up to its author.
  return verdict.value as object;
}
