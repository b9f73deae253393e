import type { JsonSchema } from '../../interfaces/json.js';

/** The definitions of a published schema, by name. */
export type Known = Readonly<Record<string, JsonSchema>>;

const DEEPEST = 4;

/** The target of a reference, or the first alternative; otherwise the schema itself. */
export function resolved(schema: JsonSchema, $defs: Known): JsonSchema {
  const { $ref, anyOf } = schema;
  if (typeof $ref === 'string') return $defs[$ref.split('/').at(-1) ?? ''] ?? schema;
  const [first] = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [];
  return first === undefined ? schema : resolved(first, $defs);
}

const SCALARS: Readonly<Record<string, (schema: JsonSchema) => unknown>> = {
  boolean: () => true,
  number: ({ minimum }) => Number(minimum ?? 1),
  integer: ({ minimum }) => Number(minimum ?? 1),
  string: ({ format }) => (format === 'date-time' ? '2026-01-31T12:00:00Z' : 'a'),
};

/** A value of the type that a schema describes. Sizes and patterns are left to chance. */
export function sampleOf(given: JsonSchema, $defs: Known, depth = 0): unknown {
  const schema = resolved(given, $defs);
  if (schema.const !== undefined) return schema.const;
  for (const list of [schema.enum, schema.examples])
    if (Array.isArray(list)) return list[0] as unknown;
  if (schema.type === 'array') return sampleList(schema, $defs, depth);
  if (schema.type === 'object') return sampleObject(schema, $defs, depth);
  return SCALARS[String(schema.type)]?.(schema) ?? 'a';
}

function sampleList({ items, minItems }: JsonSchema, $defs: Known, depth: number): unknown[] {
  const isEmpty = depth >= DEEPEST || !(Number(minItems) > 0);
  return isEmpty ? [] : [sampleOf((items ?? {}) as JsonSchema, $defs, depth + 1)];
}

function sampleObject({ properties }: JsonSchema, $defs: Known, depth: number): object {
  if (depth >= DEEPEST) return {};
  const members = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
  return Object.fromEntries(
    members.map(([name, one]) => [name, sampleOf(one, $defs, depth + 1)] as const),
  );
}
