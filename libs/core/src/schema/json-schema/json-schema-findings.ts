import type { ErrorObject } from 'ajv/dist/2020.js';
import { isJsonObject } from '../../interfaces/json.js';
import { type Finding, lineOf, namesOf } from '../findings/findings.js';
import { memberPath, pathTo, type ValuePath, ROOT } from '../findings/value-path.js';
import type { Found } from '../schema-source.js';

/** The 50 findings that are reported, and one that shows that there are more. */
const MOST = 51;

/** The errors of Ajv, as lines of the common format of findings. */
export function linesOf(errors: readonly ErrorObject[]): Found {
  const lines = new Set<string>();
  let read = 0;
  for (; read < errors.length && lines.size < MOST; read++)
    lines.add(lineOf(findingOf(errors[read] as ErrorObject)));
  return { lines, total: lines.size + errors.length - read };
}

function findingOf(error: ErrorObject): Finding {
  const { keyword, message = 'is not accepted' } = error;
  const params = error.params as Record<string, unknown>;
  const path = pathTextOf(error.instancePath);
  if (keyword === 'required')
    return missing(error, memberPath(path, String(params.missingProperty)));
  const unknown = params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof unknown === 'string')
    return {
      path: memberPath(path, unknown),
      words: `is not in the schema (${keyword})${namesOf(namesIn(error))}`,
    };
  return { path, words: `${expected(params) ?? message} (${keyword})` };
}

/** The names that the schema of the object has. */
function namesIn({ parentSchema }: ErrorObject): string[] {
  const properties: unknown = parentSchema?.properties;
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function pathTextOf(pointer: string): string {
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<ValuePath | undefined>((parent, name) => ({ parent, name }), ROOT);
  return pathTo(path);
}

function missing({ parentSchema, params }: ErrorObject, path: string): Finding {
  const name = (params as { missingProperty: string }).missingProperty;
  const properties: unknown = parentSchema?.properties;
  const property = isJsonObject(properties) ? properties[name] : undefined;
  const type = isJsonObject(property) ? property.type : undefined;
  const must = typeof type === 'string' ? `; must be ${type}` : '';
  return { path, words: `is missing${must} (required)` };
}

function expected({ allowedValue, allowedValues }: Record<string, unknown>): string | undefined {
  if (Array.isArray(allowedValues))
    return `must be one of ${allowedValues.map((value) => JSON.stringify(value)).join(', ')}`;
  return allowedValue === undefined ? undefined : `must be ${JSON.stringify(allowedValue)}`;
}
