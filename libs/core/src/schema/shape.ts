import { isJsonObject, type JsonSchema } from '../interfaces/json.js';
import { type Finding, pathOf } from './findings.js';

/**
 * Finds what class-validator lets through although the published schema, and the type that the tool
 * declares, do not: a rule with `each` takes a single value for a list, `@ValidateNested()` takes a list,
 * null or nothing for an object, `@IsEnum()` takes the member names of a numeric enum.
 */
export function shapeFindings(root: JsonSchema, value: object): Finding[] {
  return inObject({ root, schema: root, path: '' }, value);
}

/** A subschema, and the place of the value that it is about. */
interface Place {
  readonly root: JsonSchema;
  readonly schema: JsonSchema;
  readonly path: string;
}

function inObject({ root, schema, path }: Place, value: object): Finding[] {
  const required = (schema.required ?? []) as readonly string[];
  return Object.entries(schema.properties as Record<string, JsonSchema>).flatMap(
    ([name, property]) => {
      const place: Place = { root, schema: property, path: pathOf(path, name) };
      const member = (value as Record<string, unknown>)[name];
      if (member !== undefined) return inValue(place, member);
      return required.includes(name) ? [missing(place)] : [];
    },
  );
}

function inValue(place: Place, value: unknown): Finding[] {
  const { root, schema, path } = place;
  if (Array.isArray(schema.anyOf)) {
    const [alternative] = schema.anyOf as readonly JsonSchema[];
    return value === null ? [] : inValue({ ...place, schema: alternative ?? {} }, value);
  }
  if (typeof schema.$ref === 'string')
    return isJsonObject(value)
      ? inObject({ root, schema: resolved(root, schema.$ref), path }, value)
      : [finding(place)];
  if (value === null && Array.isArray(schema.type)) return [];
  if (isList(schema)) return inList(place, value);
  return !Array.isArray(schema.enum) || schema.enum.includes(value) ? [] : [finding(place)];
}

function inList(place: Place, value: unknown): Finding[] {
  if (!Array.isArray(value) && !(value instanceof Set)) return [finding(place)];
  const items = (place.schema.items ?? {}) as JsonSchema;
  return [...(value as Iterable<unknown>)].flatMap((item, index) =>
    inValue({ ...place, schema: items, path: pathOf(place.path, String(index)) }, item),
  );
}

function isList({ type }: JsonSchema): boolean {
  return type === 'array' || (Array.isArray(type) && type.includes('array'));
}

/** `#`, or `#/$defs/Name`: what the schema walker writes. */
function resolved(root: JsonSchema, reference: string): JsonSchema {
  if (reference === '#') return root;
  const $defs = root.$defs as Record<string, JsonSchema>;
  return $defs[reference.slice('#/$defs/'.length)] ?? {};
}

function missing(place: Place): Finding {
  return { path: place.path, words: `is missing; ${expected(place)}` };
}

function finding(place: Place): Finding {
  return { path: place.path, words: expected(place) };
}

function expected({ schema }: Place): string {
  if (typeof schema.$ref === 'string') return 'must be an object (isObject)';
  if (isList(schema)) return 'must be an array (isArray)';
  if (Array.isArray(schema.enum))
    return `must be one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')} (isEnum)`;
  return 'must be given (isDefined)';
}
