import type { JsonObject, JsonSchema } from '../../interfaces/json.js';
import { X_MCP_HEADER } from '../../protocol/stateless/param-headers.js';
import type { ArgumentsPlan } from './arguments-plan.js';

type Check = (value: unknown) => boolean;

interface Field {
  readonly name: string;
  readonly accepts: Check;
  readonly isOptional: boolean;
  readonly defaultValue: unknown;
}

const PLAIN_KEYWORDS: ReadonlySet<string> = new Set([
  'type',
  'anyOf',
  'enum',
  'items',
  'description',
  'default',
  X_MCP_HEADER,
]);

const SCALAR_CHECKS: Readonly<Record<string, Check>> = {
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

/**
 * Wraps a plan with a fast path: valid scalar arguments pass a few type checks, and all others go to the full
 * plan, which also words the findings. Returns the full plan unchanged if the schema has keywords beyond types.
 * Use it only for arguments whose rules are their types.
 */
export function withScalarPath(plan: ArgumentsPlan): ArgumentsPlan {
  const fields = fieldsOf(plan.inputSchema);
  if (fields === undefined) return plan;
  return {
    inputSchema: plan.inputSchema,
    read: (raw) => quickly(fields, raw) ?? plan.read(raw),
  };
}

/** Returns the values, or undefined if the full plan has to check them. */
function quickly(fields: readonly Field[], raw: JsonObject): object | undefined {
  const values: Record<string, unknown> = {};
  let given = 0;
  for (const { name, accepts, isOptional, defaultValue } of fields) {
    const value = raw[name];
    if (value === undefined && isOptional) values[name] = defaultValue;
    else if (!accepts(value)) return undefined;
    else values[name] = value;
    if (value !== undefined) given++;
  }
  return Object.keys(raw).length === given ? values : undefined;
}

function fieldsOf({ properties, required = [] }: JsonSchema): Field[] | undefined {
  const fields: Field[] = [];
  for (const [name, property] of Object.entries(properties as Record<string, JsonSchema>)) {
    const accepts = checkOf(property);
    // Calls would share a default that is an object.
    if (accepts === undefined || typeof property.default === 'object') return undefined;
    fields.push({
      name,
      accepts,
      isOptional: !(required as readonly string[]).includes(name),
      defaultValue: property.default,
    });
  }
  return fields;
}

function checkOf(schema: JsonSchema): Check | undefined {
  if (!Object.keys(schema).every((keyword) => PLAIN_KEYWORDS.has(keyword))) return undefined;
  const { anyOf, enum: choices, type } = schema;
  if (Array.isArray(anyOf)) return alternativesCheckOf(anyOf as JsonSchema[]);
  if (Array.isArray(choices)) return (value) => choices.includes(value);
  if (type === 'array') return listCheckOf(schema);
  return SCALAR_CHECKS[String(type)];
}

/** A nullable value is published as two alternatives. */
function alternativesCheckOf(alternatives: readonly JsonSchema[]): Check | undefined {
  const [first, second, ...others] = alternatives.map(checkOf);
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  return (value) => first(value) || second(value);
}

function listCheckOf({ items }: JsonSchema): Check | undefined {
  const accepts = checkOf((items ?? {}) as JsonSchema);
  return accepts && ((value) => Array.isArray(value) && value.every(accepts));
}
