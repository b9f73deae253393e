import type { Type } from '@nestjs/common';
import type { JsonObject, JsonSchema } from '../../interfaces/json.js';
import { X_MCP_HEADER } from '../../protocol/stateless/param-headers.js';
import { type ArgumentNotes, notesOf } from '../decorators/argument-notes.js';
import { conditionsOf, isNested, isOptional, type Rule } from './metadata/class-rules.js';
import type { Definitions } from './definitions.js';
import { descriptionOf } from '../decorators/description.decorator.js';
import { paramHeaderOf } from '../decorators/header.decorator.js';
import { refuseImpossible } from './impossible-rules.js';
import {
  aboutText,
  type ClassLookup,
  type Declaration,
  knownType,
  swaggerType,
  withKnownType,
} from './known-type.js';
import { both, orNull, withoutGaps } from '../json-schema.js';
import type { Publishing } from './publishing.js';
import { choice } from './rule-keywords.js';
import { describedBy } from './rule-sentences.js';
import { keywordsOfRule } from './rule-schema.js';
import { SchemaError } from '../schema.error.js';
import { swaggerProperty } from './metadata/swagger-metadata.js';
import { swaggerNotes } from './swagger-notes.js';
import { keepsType } from './transform-probe.js';
import { isTransformed, publishedName, transformedType } from './metadata/transformer-metadata.js';
import { unionSchema } from './union-schema.js';
import { type Carried, carriedBy, held, type Holder, holderOf, WRITTEN } from './value-kind.js';

/** A property of a class: its published schema, and what a caller must send. */
export interface PublishedProperty {
  readonly schema: JsonSchema;
  readonly holder: Holder;
  readonly carried: Carried;
  /** Whether null passes the rules, published or not. */
  readonly acceptsNull: boolean;
  readonly publishesNull: boolean;
  readonly isTransformed: boolean;
  /** Whether `@ApiProperty()` says what callers send instead of what the declaration says. */
  readonly isExplicit: boolean;
}

/** The classes around a property: those that it holds, and how they are published. */
export interface Surroundings {
  readonly definitions: Definitions;
  readonly publishing: Publishing;
  readonly groups: readonly string[];
  readonly classOf: ClassLookup;
}

/** @throws SchemaError when no value could satisfy the rules, or the class of the property is unknown */
export function publishedProperty(
  type: Type,
  property: string,
  rules: readonly Rule[],
  surroundings: Surroundings,
): PublishedProperty {
  const { publishing } = surroundings;
  const made = transformedType(type, property);
  const holder = holderOf(made, rules);
  const transformed = isTransformed(type, property);
  const at = `${type.name}.${property}`;
  const prototype = type.prototype as object;
  const notes = notesOf(prototype, property);
  const isArgument = notes !== undefined;
  refuseImpossible({ at, holder, made, isTransformed: transformed, isArgument }, rules);
  const swagger = swaggerProperty(type, property);
  const header = notes ? notes.header : paramHeaderOf(prototype, property);
  const acceptsNull = isNullable(notes, rules, header);
  const saysNull = publishing.optionalNull || swagger.options.nullable === true;
  const publishesNull = acceptsNull && (notes !== undefined || saysNull);
  const carried = carriedBy(made);
  const value = { at, holder, made, carried, swagger, isTransformed: transformed };
  const isOpen = publishing.acceptsAll && conditionsOf(rules).length > 0;
  const said = isOpen ? {} : acceptedSchema({ ...value, type, property }, rules, surroundings);
  const accepted = withoutGaps(said, publishing.anything);
  const text = descriptionOf(prototype, property);
  const words = { notes, text, options: swagger.options, rules: isOpen ? [] : rules };
  return {
    schema: mirrored(annotated(words, publishesNull ? orNull(accepted) : accepted), header),
    acceptsNull,
    publishesNull,
    holder,
    carried,
    isTransformed: transformed,
    isExplicit: swagger.isExplicit,
  };
}

/** A header cannot represent null, so a property with a header may not be null, even with `@IsOptional()`. */
function isNullable(
  notes: ArgumentNotes | undefined,
  rules: readonly Rule[],
  header: string | undefined,
): boolean {
  if (notes) return notes.nullable;
  return header === undefined && (rules.some(isOptional) || conditionsOf(rules).some(letsNullPass));
}

/** Whether a condition depends on the value, and is not met by null: `(_, value) => value !== null`. */
function letsNullPass(applies: (object: object, value: unknown) => boolean): boolean {
  try {
    return applies({}, 'a') && !applies({}, null);
  } catch {
    return false;
  }
}

interface Value extends Declaration {
  readonly type: Type;
  readonly property: string;
  readonly at: string;
  readonly carried: Carried;
  readonly isTransformed: boolean;
}

/** What callers may send. Under `@Transform()`, rules and declaration describe what it returns. */
function acceptedSchema(
  value: Value,
  rules: readonly Rule[],
  { definitions, groups, classOf }: Surroundings,
): JsonSchema {
  const { at, made, swagger, type, property, isTransformed: transformed } = value;
  if (transformed && swagger.isExplicit) return swaggerType(swagger, classOf);
  const said = together(value, rules, () => nestedSchema(at, made, definitions));
  const known = knownType(value, classOf);
  if (!transformed) return aboutText(withKnownType(said, known));
  const name = publishedName(type, property, groups) ?? property;
  const isKept = keepsType({ type, property, name, schema: known }, groups);
  return aboutText(isKept ? withKnownType(said, known) : said);
}

function together(
  { holder, carried, swagger: { choices, isArray } }: Value,
  rules: readonly Rule[],
  nested: () => JsonSchema,
): JsonSchema {
  const container = holder === 'set' || holder === 'map' ? [held(holder, {})] : [];
  const written = carried ? [held(holder, WRITTEN[carried])] : [];
  const said = rules.map((rule) => ruleSchema(rule, holder, nested));
  const chosen = choices ? [held(isArray ? eachOf(holder) : holder, choice(choices))] : [];
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

interface Words {
  readonly notes: ArgumentNotes | undefined;
  readonly text: string | undefined;
  readonly options: JsonObject;
  readonly rules: readonly Rule[];
}

function annotated({ notes, text, options, rules }: Words, accepted: JsonSchema): JsonSchema {
  const { description: swaggerDescription, ...swagger } = swaggerNotes(options);
  const description = notes?.description ?? text ?? (swaggerDescription as string | undefined);
  const words = describedBy(rules, description);
  return {
    ...(words !== undefined && { description: words }),
    ...accepted,
    ...swagger,
    ...(notes?.defaultValue !== undefined && { default: notes.defaultValue }),
  };
}
