import type { Type } from '@nestjs/common';
import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { both, statesType } from '../json-schema.js';
import type { SwaggerProperty } from './metadata/swagger-metadata.js';
import type { TransformedType } from './metadata/transformer-metadata.js';
import { choice } from './rule-keywords.js';
import { held, type Holder } from './value-kind.js';

const VALUES = ['items', 'additionalProperties'] as const;

/** What is known of a property apart from its rules. */
export interface Declaration {
  readonly holder: Holder;
  readonly made: TransformedType;
  readonly swagger: SwaggerProperty;
}

/** The schema of a class that no rule validates; undefined if the class has no rules. */
export type ClassLookup = (type: Type) => JsonSchema | undefined;

const SCALARS = new Map<unknown, JsonSchema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  ['integer', { type: 'integer' }],
  ['object', { type: 'object' }],
  [Date, { type: 'string', format: 'date-time' }],
]);

/** Classes of the platform, whose values JSON does not have. */
const UNKNOWN = new Set<unknown>([
  Object,
  Array,
  Map,
  Set,
  Promise,
  Function,
  Symbol,
  BigInt,
  Buffer,
  Uint8Array,
]);

/** The schema of the type that `@Type()`, Swagger or the compiler knows, in this order; empty if none does. */
export function knownType(
  { holder, made, swagger }: Declaration,
  classOf: ClassLookup,
): JsonSchema {
  const { element, declared, union } = made;
  if (union) return held(holder, { type: 'object' });
  const named = namedType(element, classOf);
  const one = isEmpty(named) ? swaggerItem(swagger, classOf) : named;
  if (holder !== 'none') return held(holder, one);
  if (swagger.isArray && isEmpty(named)) return held('list', one);
  return isEmpty(one) ? declaredType(declared, classOf) : one;
}

/** The schema of the type and the enum in the options of `@ApiProperty()`. */
export function swaggerType(swagger: SwaggerProperty, classOf: ClassLookup): JsonSchema {
  return held(swagger.isArray ? 'list' : 'none', swaggerItem(swagger, classOf));
}

function swaggerItem({ type, choices }: SwaggerProperty, classOf: ClassLookup): JsonSchema {
  return choices ? choice(choices) : namedType(type, classOf);
}

/** The schema of a type that `@Type()` or `@ApiProperty()` names: a class without rules is an object. */
function namedType(type: unknown, classOf: ClassLookup): JsonSchema {
  const scalar = SCALARS.get(type);
  if (scalar !== undefined) return scalar;
  if (typeof type !== 'function' || UNKNOWN.has(type)) return {};
  return classOf(type as Type) ?? { type: 'object' };
}

/** The compiler also knows classes that are not DTOs, such as an `ObjectId`, which callers may send as text. */
function declaredType(type: unknown, classOf: ClassLookup): JsonSchema {
  if (type === Array) return { type: 'array' };
  const scalar = SCALARS.get(type);
  if (scalar !== undefined) return scalar;
  return typeof type === 'function' && !UNKNOWN.has(type) ? (classOf(type as Type) ?? {}) : {};
}

/** The schema that rules say, with the known type if they say none. The same applies to the items of a list or a map. */
export function withKnownType(said: JsonSchema, known: JsonSchema): JsonSchema {
  if (!statesType(said)) return both(said, known);
  if (said.type !== known.type) return said;
  const filled = { ...said };
  for (const keyword of VALUES) {
    const below = (known[keyword] ?? {}) as JsonSchema;
    if (!isEmpty(below))
      filled[keyword] = withKnownType((said[keyword] ?? {}) as JsonSchema, below);
  }
  return filled;
}

/** `@IsNotEmpty()` refuses the empty text, which is nothing to say of a number, a list or an object. */
export function aboutText({ minLength, ...others }: JsonSchema): JsonSchema {
  const isOther = (others.type ?? 'string') !== 'string' || '$ref' in others;
  const about = isOther || minLength === undefined ? others : { ...others, minLength };
  for (const keyword of VALUES)
    if (isJsonObject(about[keyword])) about[keyword] = aboutText(about[keyword]);
  return about;
}

function isEmpty(schema: JsonSchema): boolean {
  return Object.keys(schema).length === 0;
}
