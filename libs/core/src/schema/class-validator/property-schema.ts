import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';
import { X_MCP_HEADER } from '../../protocol/stateless/param-headers.js';
import { type ArgumentNotes, notesOf } from '../decorators/argument-notes.js';
import { isFree, isNested, isOptional, type Rule } from './metadata/class-rules.js';
import type { Definitions } from './definitions.js';
import { descriptionOf } from '../decorators/description.decorator.js';
import { paramHeaderOf } from '../decorators/header.decorator.js';
import { refuseImpossible } from './impossible-rules.js';
import { both, orNull, withoutGaps } from '../json-schema.js';
import type { Publishing } from './publishing.js';
import { choice } from './rule-keywords.js';
import { keywordsOfRule } from './rule-schema.js';
import { SchemaError } from '../schema.error.js';
import { swaggerChoices, swaggerNotes, swaggerNullable } from './swagger-notes.js';
import { isTransformed, transformedType } from './metadata/transformer-metadata.js';
import { unionSchema } from './union-schema.js';
import { type Carried, carriedBy, held, type Holder, holderOf, WRITTEN } from './value-kind.js';

/** A property of a class: its published schema, and what a caller must send. */
export interface PublishedProperty {
  readonly schema: JsonSchema;
  readonly holder: Holder;
  /** Undefined also if `@ValidateIf` can let any value through. */
  readonly carried: Carried;
  /** Whether null passes the rules, published or not. */
  readonly acceptsNull: boolean;
  readonly publishesNull: boolean;
  readonly isTransformed: boolean;
}

/** @throws SchemaError when no value could satisfy the rules, or the class of the property is unknown */
export function publishedProperty(
  type: Type,
  property: string,
  rules: readonly Rule[],
  definitions: Definitions,
  publishing: Publishing,
): PublishedProperty {
  const made = transformedType(type, property);
  const holder = holderOf(made, rules);
  const transformed = isTransformed(type, property);
  const free = isFree(rules);
  const at = `${type.name}.${property}`;
  if (!free) refuseImpossible({ at, holder, made, isTransformed: transformed }, rules);
  const prototype = type.prototype as object;
  const notes = notesOf(prototype, property);
  const header = notes ? notes.header : paramHeaderOf(prototype, property);
  const acceptsNull = isNullable(notes, rules, header);
  const publishesNull =
    acceptsNull && (notes !== undefined || saysNull(prototype, property, publishing));
  const carried = free ? undefined : carriedBy(made);
  const nested = (): JsonSchema => nestedSchema(at, made, definitions);
  const choices = holder === 'none' ? swaggerChoices(prototype, property) : undefined;
  const said = free ? {} : together({ holder, carried, choices }, rules, nested);
  const accepted = withoutGaps(said, publishing.anything);
  return {
    schema: mirrored(
      annotated(type, property, publishesNull ? orNull(accepted) : accepted),
      header,
    ),
    acceptsNull,
    publishesNull,
    holder,
    carried,
    isTransformed: transformed,
  };
}

/** A header cannot represent null, so a property with a header may not be null, even with `@IsOptional()`. */
function isNullable(
  notes: ArgumentNotes | undefined,
  rules: readonly Rule[],
  header: string | undefined,
): boolean {
  return notes ? notes.nullable : header === undefined && rules.some(isOptional);
}

function saysNull(prototype: object, property: string, { optionalNull }: Publishing): boolean {
  return optionalNull || swaggerNullable(prototype, property);
}

interface Value {
  readonly holder: Holder;
  readonly carried: Carried;
  readonly choices: readonly unknown[] | undefined;
}

function together(
  { holder, carried, choices }: Value,
  rules: readonly Rule[],
  nested: () => JsonSchema,
): JsonSchema {
  const container = holder === 'set' || holder === 'map' ? [held(holder, {})] : [];
  const written = carried ? [held(holder, WRITTEN[carried])] : [];
  const said = rules.map((rule) => ruleSchema(rule, holder, nested));
  const chosen = choices ? [choice(choices)] : [];
  return [...container, ...written, ...said, ...chosen].reduce(both, {});
}

function ruleSchema(rule: Rule, holder: Holder, nested: () => JsonSchema): JsonSchema {
  if (isNested(rule)) return held(rule.each ? eachOf(holder) : holder, nested());
  return rule.each ? held(eachOf(holder), keywordsOfRule(rule)) : keywordsOfRule(rule);
}

function mirrored(schema: JsonSchema, header: string | undefined): JsonSchema {
  return header === undefined ? schema : { ...schema, [X_MCP_HEADER]: header };
}

/** A rule with `each` implies a list, unless the property is declared as a Set or a Map. */
function eachOf(holder: Holder): Holder {
  return holder === 'none' ? 'list' : holder;
}

function nestedSchema(
  at: string,
  { element, union }: ReturnType<typeof transformedType>,
  definitions: Definitions,
): JsonSchema {
  if (union && union.members.length > 0) return unionSchema(at, union, definitions);
  if (typeof element !== 'function' || element === Object)
    throw new SchemaError(
      `${at} is validated as a nested class, but which one is not known. Put @Type(() => TheClass) on it.`,
    );
  return definitions.reference(element as Type);
}

function annotated(type: Type, property: string, accepted: JsonSchema): JsonSchema {
  const prototype = type.prototype as object;
  const notes = notesOf(prototype, property);
  const description = notes?.description ?? descriptionOf(prototype, property);
  const { description: swaggerDescription, ...swagger } = swaggerNotes(prototype, property);
  const words = description ?? swaggerDescription;
  return {
    ...(words !== undefined && { description: words }),
    ...accepted,
    ...swagger,
    ...(notes?.defaultValue !== undefined && { default: notes.defaultValue }),
  };
}
