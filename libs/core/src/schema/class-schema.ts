import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import type { JsonSchema } from '../interfaces/json.js';
import { notesOf } from './argument-notes.js';
import { descriptionOf } from './description.decorator.js';
import { both, orNull } from './json-schema.js';
import { keywordsOf } from './rule-keywords.js';
import { MissingRulesError, SchemaError } from './schema.error.js';

type Rule = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

const NESTED = 'nestedValidation';
const CONDITIONAL = 'conditionalValidation';
const WHITELIST = 'whitelistValidation';

/**
 * JSON Schema 2020-12 of what a class with class-validator rules accepts, as an object schema at the
 * root. Nested classes go to `$defs`; a class that holds itself refers to `#`.
 * @throws SchemaError when a class has no rules, or a nested class is not known.
 */
export function classSchema(root: Type): JsonSchema {
  const definitions = new Definitions(root);
  const schema = objectSchema(root, definitions);
  const $defs = definitions.resolve((type) => objectSchema(type, definitions));
  return Object.keys($defs).length === 0 ? schema : { ...schema, $defs };
}

/** Names of the nested classes met on the way, and the references to them. */
class Definitions {
  private readonly names = new Map<Type, string>();

  constructor(private readonly root: Type) {}

  reference(type: Type): JsonSchema {
    if (type === this.root) return { $ref: '#' };
    const known = this.names.get(type);
    const name = known ?? this.freeName(type.name);
    if (known === undefined) this.names.set(type, name);
    return { $ref: `#/$defs/${name}` };
  }

  /** Map iteration also visits what is added on the way: classes nested in nested classes. */
  resolve(schemaOf: (type: Type) => JsonSchema): Record<string, JsonSchema> {
    const resolved: Record<string, JsonSchema> = {};
    for (const [type, name] of this.names) resolved[name] = schemaOf(type);
    return resolved;
  }

  private freeName(wanted: string): string {
    const taken = new Set(this.names.values());
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
    return name;
  }
}

function objectSchema(type: Type, definitions: Definitions): JsonSchema {
  const rules = rulesByProperty(type);
  if (rules.size === 0) throw new MissingRulesError(type.name);
  const description = descriptionOf(type);
  const initial = initialValues(type);
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [property, propertyRules] of rules) {
    if (property in Object.prototype)
      throw new SchemaError(`${type.name}.${property} has the name of a member of every object`);
    properties[property] = propertySchema(type, property, propertyRules, definitions);
    if (initial[property] === undefined && isRequired(type, property, propertyRules))
      required.push(property);
  }
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function rulesByProperty(type: Type): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  const all = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  for (const rule of all) {
    const list = rules.get(rule.propertyName);
    if (list) list.push(rule);
    else rules.set(rule.propertyName, [rule]);
  }
  return rules;
}

function propertySchema(
  type: Type,
  property: string,
  rules: readonly Rule[],
  definitions: Definitions,
): JsonSchema {
  const notes = notesOf(type.prototype, property);
  const accepted = isFree(rules)
    ? {}
    : rules.map((rule) => ruleSchema(type, rule, definitions)).reduce(both, {});
  const nullable = notes ? notes.nullable : rules.some(isOptional);
  const description = notes?.description ?? descriptionOf(type.prototype, property);
  return {
    ...(description !== undefined && { description }),
    ...(nullable ? orNull(accepted) : accepted),
    ...(notes?.defaultValue !== undefined && { default: notes.defaultValue }),
  };
}

function ruleSchema(type: Type, rule: Rule, definitions: Definitions): JsonSchema {
  if (rule.type === NESTED) return nestedSchema(type, rule, definitions);
  const keywords = keywordsOf(rule.name, (rule.constraints ?? []) as unknown[]);
  return rule.each ? { type: 'array', items: keywords } : keywords;
}

function nestedSchema(type: Type, rule: Rule, definitions: Definitions): JsonSchema {
  const { propertyName } = rule;
  const declared: unknown = Reflect.getMetadata('design:type', type.prototype, propertyName);
  const list = rule.each || declared === Array;
  const nested = nestedClass(type, propertyName, list);
  if (nested === undefined)
    throw new SchemaError(
      `${type.name}.${propertyName} is validated as a nested class, but which one is not known. Put @Type(() => TheClass) on it.`,
    );
  const reference = definitions.reference(nested);
  return list ? { type: 'array', items: reference } : reference;
}

/** What the initializers of a class give to a property that is left out. */
function initialValues(type: Type): Readonly<Record<string, unknown>> {
  try {
    return plainToInstance(type, {}) as Record<string, unknown>;
  } catch (error) {
    throw new SchemaError(`${type.name} cannot be made without arguments: ${String(error)}`);
  }
}

/** The class that class-transformer makes of a property: asked by letting it make one. */
function nestedClass(type: Type, property: string, list: boolean): Type | undefined {
  const probe = plainToInstance(type, { [property]: list ? [{}] : {} }) as Record<string, unknown>;
  const made = list ? (probe[property] as unknown[])[0] : probe[property];
  const constructor = (made as object | undefined)?.constructor;
  return constructor === undefined || constructor === Object ? undefined : (constructor as Type);
}

function isRequired(type: Type, property: string, rules: readonly Rule[]): boolean {
  const notes = notesOf(type.prototype, property);
  if (notes) return !notes.optional;
  return !rules.some((rule) => rule.type === CONDITIONAL) && !rules.every(acceptsNothing);
}

/** `@Allow()` and `@IsEmpty()` have nothing against a property that is left out. */
function acceptsNothing(rule: Rule): boolean {
  return rule.type === WHITELIST || rule.name === 'isEmpty';
}

/** `@ValidateIf` may switch every rule off, so nothing can be said of the value. */
function isFree(rules: readonly Rule[]): boolean {
  return rules.some(
    (rule) => rule.type === CONDITIONAL && rule.name !== 'isOptional' && !isOurs(rule),
  );
}

function isOptional(rule: Rule): boolean {
  return rule.type === CONDITIONAL && rule.name === 'isOptional';
}

/** Properties made from `@Param` carry their own condition; their notes say what it means. */
function isOurs(rule: Rule): boolean {
  return (
    typeof rule.target === 'function' &&
    notesOf(rule.target.prototype as object, rule.propertyName) !== undefined
  );
}
