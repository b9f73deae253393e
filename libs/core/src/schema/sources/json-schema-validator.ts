import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { JsonSchema } from '../../interfaces/json.js';
import { SchemaError } from '../schema.error.js';
import { assertUsable } from './json-schema-checks.js';
import { linesOf } from './json-schema-findings.js';

/** What is wrong with a JSON value: one line per place and rule. */
export type JsonValidator = (value: unknown) => readonly string[];

let shared: Ajv2020 | undefined;

/**
 * Compiles a JSON Schema. Formats are asserted, as the official clients do.
 * @throws SchemaError when it is no valid schema of 2020-12, or nothing of ours could check it.
 */
export function validatorOf(jsonSchema: JsonSchema): JsonValidator {
  assertUsable(jsonSchema);
  const validate = compiled(jsonSchema);
  return (value) => (validate(value) ? [] : linesOf(validate.errors ?? [], jsonSchema));
}

/** Keywords that are not known are annotations (2020-12 core, §6.5); strict mode would refuse them. */
function compiled(jsonSchema: JsonSchema): ValidateFunction {
  shared ??= new Ajv2020({
    allErrors: true,
    strict: false,
    logger: false,
    verbose: true,
    formats: fullFormats,
  });
  try {
    return shared.compile(jsonSchema);
  } catch (error) {
    const isEndless = error instanceof RangeError;
    throw new SchemaError(isEndless ? 'it refers to itself in a circle' : (error as Error).message);
  } finally {
    // One tool's $id is neither taken for nor found by the next one's schema.
    shared.removeSchema(jsonSchema);
  }
}
