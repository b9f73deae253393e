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

/** What is wrong with a JSON value: one line per place and rule. */
export type JsonValidator = (value: unknown) => Found;

const NOTHING: Found = { lines: [], total: 0 };
const TOO_INTRICATE: Found = {
  lines: ['it is nested too deep for the alternatives of the schema (anyOf)'],
  total: 1,
};

/** Stops at the first thing that is wrong. */
const strict = compiler(false);
/** Finds everything; what that takes can be exponential in the nesting, so only small values go through it. */
const thorough = compiler(true);

/**
 * Compiles a JSON Schema. Formats are asserted, as the official clients do. Of a small value everything that
 * is wrong is found, of a large one the first thing.
 * @throws SchemaError when it is no valid schema of 2020-12, or nothing of ours could check it.
 */
export function validatorOf(jsonSchema: JsonSchema): JsonValidator {
  assertUsable(jsonSchema);
  const sorted = cheapFirst(jsonSchema);
  const isCounted = textOf(sorted).includes(COUNTED);
  // Ajv finds circles of references that have nothing beside them, and then ours are beside.
  if (isCounted) strict(jsonSchema);
  const accepts = strict(sorted);
  const all = thorough(sorted);
  const look: JsonValidator = (value) => {
    if (accepts(value)) return NOTHING;
    const first = accepts.errors ?? [];
    if (!isSmall(value)) return linesOf(first, jsonSchema);
    return linesOf(all(value) ? first : (all.errors ?? first), jsonSchema);
  };
  return isCounted ? (value) => withinSteps(value, () => look(value)) ?? TOO_INTRICATE : look;
}

/** Keywords that are not known are annotations (2020-12 core, §6.5); strict mode would refuse them. */
function compiler(allErrors: boolean): (jsonSchema: JsonSchema) => ValidateFunction {
  let shared: Ajv2020 | undefined;
  return (jsonSchema) => {
    shared ??= newAjv(allErrors);
    // To know what was evaluated, Ajv goes through further alternatives behind one that fits.
    shared.opts.unevaluated = textOf(jsonSchema).includes('unevaluated');
    try {
      return shared.compile(jsonSchema);
    } catch (error) {
      const isEndless = error instanceof RangeError;
      throw new SchemaError(
        isEndless ? 'it refers to itself in a circle' : (error as Error).message,
      );
    } finally {
      // One tool's $id is neither taken for nor found by the next one's schema.
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
