import { instanceToPlain } from 'class-transformer';
import { isJsonObject } from '../../interfaces/json.js';
import { SchemaError } from '../schema.error.js';
import { classSource } from './class-source.js';
import { isClass } from './input-plan.js';
import { validatorOf } from '../json-schema/json-schema-validator.js';
import { withObjectRoot } from './object-root.js';
import type { SchemaLike } from '../standard/schema-like.interface.js';
import { type SchemaSource, verdictOn } from '../schema-source.js';
import { codecSource, standardOf } from '../standard/standard-class.js';
import { isSchemaPair, pairSource, standardSource } from '../standard/standard-source.js';

/**
 * The schema of a result. A valid verdict has the JSON value to send. That value is validated against the published
 * JSON Schema last, because a client does the same.
 * @throws SchemaError when the schema cannot be published.
 */
export function outputSource(given: SchemaLike): SchemaSource {
  const source = ruling(given);
  const jsonSchema = withObjectRoot(source.jsonSchema);
  const findings = validatorOf(jsonSchema);
  return {
    jsonSchema,
    encode: source.encode,
    async validate(value) {
      const verdict = await source.validate(value);
      if ('findings' in verdict) return verdict;
      const json = jsonOf(verdict.value);
      return verdictOn(json, findings(json));
    },
  };
}

/** The source for what a schema checks or converts beyond its JSON Schema. */
function ruling(given: unknown): SchemaSource {
  const standard = standardOf(given);
  if (standard !== undefined) return codecSource(given) ?? standardSource(standard, 'output');
  if (isSchemaPair(given)) return pairSource(given, 'output');
  if (isClass(given)) return exposed(classSource(given));
  if (!isJsonObject(given)) throw new SchemaError('it is not a schema');
  return { jsonSchema: { ...given }, validate: (value) => ({ value: plainOf(value) }) };
}

/** Validates the value as a client receives it. The instance that the class makes of it is not used. */
function exposed(source: SchemaSource): SchemaSource {
  return {
    jsonSchema: source.jsonSchema,
    async validate(value) {
      const json = jsonOf(plainOf(value));
      const verdict = await source.validate(json);
      return 'findings' in verdict ? verdict : { value: json };
    },
  };
}

/** Converts instances with class-transformer, as Nest's serializer does. */
function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  return instanceToPlain(value);
}

/** @throws TypeError when the value has no JSON. */
function jsonOf(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON`);
  return JSON.parse(text);
}
