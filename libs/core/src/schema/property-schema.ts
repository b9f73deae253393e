import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../interfaces/json.js';
import { X_MCP_HEADER } from '../protocol/modern/param-headers.js';
import { type ArgumentNotes, notesOf } from './argument-notes.js';
import { isFree, isNested, isOptional, type Rule } from './class-rules.js';
import type { Definitions } from './definitions.js';
import { descriptionOf } from './description.decorator.js';
import { paramHeaderOf } from './header.decorator.js';
import { refuseImpossible } from './impossible-rules.js';
import { both, orNull } from './json-schema.js';
import { choice } from './rule-keywords.js';
import { keywordsOfRule } from './rule-schema.js';
import { SchemaError } from './schema.error.js';
import { swaggerChoices, swaggerNotes } from './swagger-notes.js';
import { isTransformed, transformedType } from './transformer-metadata.js';
import { unionSchema } from './union-schema.js';
import { type Carried, carriedBy, held, type Holder, holderOf, WRITTEN } from './value-kind.js';

/** A property of a class, as it is published and as it has to be given. */
export interface PublishedProperty {
  readonly schema: JsonSchema;
  readonly holder: Holder;
  /** Undefined where `@ValidateIf` may let anything through. */
  readonly carried: Carried;
  readonly nullable: boolean;
  readonly isTransformed: boolean;
}

/** @throws SchemaError when no call could satisfy the property, or its class is not known. */
export function publishedProperty(
  type: Type,
  property: string,
  rules: readonly Rule[],
  definitions: Definitions,
): PublishedProperty {
  const made = transformedType(type, property);
  const holder = holderOf(made, rules);
  const transformed = isTransformed(type, property);
  const free = isFree(rules);
  const at = `${type.name}.${property}`;
  if (!free) refuseImpossible({ at, holder, made, isTransformed: transformed }, rules);
  const notes = notesOf(type.prototype as object, property);
  const header = notes ? notes.header : paramHeaderOf(type.prototype as object, property);
  const nullable = isNullable(notes, rules, header);
  const carried = free ? undefined : carriedBy(made);
  const schemas = free
    ? []
    : rules.map((rule) => {
        if (!isNested(rule))
          return rule.each ? held(eachOf(holder), keywordsOfRule(rule)) : keywordsOfRule(rule);
        return held(rule.each ? eachOf(holder) : holder, nestedSchema(at, made, definitions));
      });
  const written = carried ? [held(holder, WRITTEN[carried])] : [];
  const container = !free && (holder === 'set' || holder === 'map') ? [held(holder, {})] : [];
  const choices = swaggerChoices(type.prototype as object, property);
  const chosen = choices && holder === 'none' && !free ? [choice(choices)] : [];
  const accepted = [...container, ...written, ...schemas, ...chosen].reduce(both, {});
  return {
    schema: mirrored(annotated(type, property, nullable, accepted), header),
    nullable,
    holder,
    carried,
    isTransformed: transformed,
  };
}

/** Null has no header: a property that is repeated in one may be left out under `@IsOptional()`, and no more. */
function isNullable(
  notes: ArgumentNotes | undefined,
  rules: readonly Rule[],
  header: string | undefined,
): boolean {
  return notes ? notes.nullable : header === undefined && rules.some(isOptional);
}

function mirrored(schema: JsonSchema, header: string | undefined): JsonSchema {
  return header === undefined ? schema : { ...schema, [X_MCP_HEADER]: header };
}

/** A rule with `each` takes a list where nothing else is known. */
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

function annotated(
  type: Type,
  property: string,
  nullable: boolean,
  accepted: JsonSchema,
): JsonSchema {
  const prototype = type.prototype as object;
  const notes = notesOf(prototype, property);
  const description = notes?.description ?? descriptionOf(prototype, property);
  const { description: swaggerDescription, ...swagger } = swaggerNotes(prototype, property);
  const words = description ?? swaggerDescription;
  return {
    ...(words !== undefined && { description: words }),
    ...(nullable ? orNull(accepted) : accepted),
    ...swagger,
    ...(notes?.defaultValue !== undefined && { default: notes.defaultValue }),
  };
}
