import type { ErrorObject } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { type Finding, lineOf, pathOf } from '../findings.js';

/** What a JSON Schema refused, in the words and the form of all findings. */
export function linesOf(errors: readonly ErrorObject[], root: JsonSchema): string[] {
  const accepted = isJsonObject(root.properties) ? Object.keys(root.properties) : [];
  return [...new Set(errors.map((error) => lineOf(findingOf(error, accepted))))];
}

function findingOf(error: ErrorObject, accepted: readonly string[]): Finding {
  const { keyword, message = 'is not accepted' } = error;
  const params = error.params as Record<string, unknown>;
  const path = placeOf(error.instancePath);
  if (keyword === 'required') return missing(error, pathOf(path, String(params.missingProperty)));
  const unknown = params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof unknown === 'string')
    return {
      path: pathOf(path, unknown),
      words: `is not in the schema (${keyword})${path === '' ? namesOf(accepted) : ''}`,
    };
  return { path, words: `${expected(params) ?? message} (${keyword})` };
}

function placeOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((parent, name) => pathOf(parent, name), '');
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

function namesOf(accepted: readonly string[]): string {
  return accepted.length > 0 ? `; accepted: ${accepted.join(', ')}` : '';
}
