import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../interfaces/json.js';
import { SchemaError } from '../schema.error.js';
import { cheapFirst } from './cheap-first.js';
import { COMPARING_KEYWORDS } from './comparing-keywords.js';
import { COUNTED, COUNTED_STEPS, withinSteps } from './counted-steps.js';
import { assertUsable } from './json-schema-checks.js';
import { linesOf } from './json-schema-findings.js';
import { QUICK_FORMATS } from './quick-formats.js';
import { isSmall } from './small-value.js';
import type { Found } from '../schema-source.js';

/** Validates a JSON value. Returns its findings, one line for each path and rule. */
export type JsonValidator = (value: unknown) => Found;

const NOTHING: Found = { lines: [], total: 0 };
const TOO_INTRICATE: Found = {
  lines: ['it is nested too deep for the alternatives of the schema (anyOf)'],
  total: 1,
};

/** Stops at the first error. */
const strict = compiler(false);
/** Finds all errors. The time can be exponential in the depth of nesting, so it is only for small values. */
const thorough = compiler(true);

/**
 * Compiles a JSON Schema. Formats are validated, as in the official clients. A small value is reported with all
 * its errors, a large one with the first.
 * @throws SchemaError when it is not a valid 2020-12 schema, is too large, refers to another document or refers to
 * itself in a circle
 */
export function validatorOf(jsonSchema: JsonSchema): JsonValidator {
  assertUsable(jsonSchema);
  const sorted = cheapFirst(jsonSchema);
  const isCounted = textOf(sorted).includes(COUNTED);
  // Ajv detects a circle of references only if nothing is beside them. The counters would hide it.
  if (isCounted) strict(jsonSchema);
  const accepts = strict(sorted);
  const all = thorough(sorted);
  const look: JsonValidator = (value) => {
    if (accepts(value)) return NOTHING;
    const first = accepts.errors ?? [];
    if (!isSmall(value)) return linesOf(first);
    return linesOf(all(value) ? first : (all.errors ?? first));
  };
  return isCounted ? (value) => withinSteps(value, () => look(value)) ?? TOO_INTRICATE : look;
}

/** Unknown keywords are annotations (2020-12 core, §6.5). Ajv's strict mode would refuse them, so it is off. */
function compiler(allErrors: boolean): (jsonSchema: JsonSchema) => ValidateFunction {
  let shared: Ajv2020 | undefined;
  return (jsonSchema) => {
    shared ??= newAjv(allErrors);
    // To track evaluated properties, Ajv checks further alternatives after one that matches: only if they are needed.
    shared.opts.unevaluated = textOf(jsonSchema).includes('unevaluated');
    try {
      return shared.compile(jsonSchema);
    } catch (error) {
      const isEndless = error instanceof RangeError;
      throw new SchemaError(
        isEndless ? 'it refers to itself in a circle' : (error as Error).message,
      );
    } finally {
      // The schema of another tool may have the same $id, and must not be able to refer to this one.
      shared.removeSchema(jsonSchema);
    }
  };
}

function newAjv(allErrors: boolean): Ajv2020 {
  const formats = QUICK_FORMATS;
  const ajv = new Ajv2020({ allErrors, strict: false, logger: false, verbose: true, formats });
  for (const definition of COMPARING_KEYWORDS)
    ajv.removeKeyword(String(definition.keyword)).addKeyword(definition);
  return ajv.addKeyword(COUNTED_STEPS);
}

function textOf(schema: JsonSchema): string {
  return JSON.stringify(schema);
}
