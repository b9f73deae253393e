import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';
import { carriedCheck } from './carried-check.js';
import { all, type Check, type Member, NOTHING_TO_CHECK, objectCheck } from '../findings/check.js';
import {
  conditionsOf,
  isOptional,
  type Rule,
  rulesByProperty,
  wantValue,
} from './metadata/class-rules.js';
import { Definitions, type Tag } from './definitions.js';
import { Findings } from '../findings/findings.js';
import { ROOT } from '../findings/value-path.js';
import { isHidden } from './metadata/swagger-metadata.js';
import { descriptionOf } from '../decorators/description.decorator.js';
import { type PublishedProperty, publishedProperty, type Surroundings } from './property-schema.js';
import type { Publishing } from './publishing.js';
import { copied, instanceOf } from './instance-of.js';
import { type InitialValues, initialValues } from './metadata/initial-values.js';
import { isOfClassValidator } from './rule-keywords.js';
import { refusesInitial } from './rules/refused-initials.js';
import { schemaCheck } from './schema-check.js';
import { standardOf } from '../standard/standard-class.js';
import type { StandardSchema } from '../standard/schema-like.interface.js';
import { standardSource } from '../standard/standard-source.js';
import { relocated, standardCheck } from './standard-values.js';
import type { TransformedProperty } from './transform-probe.js';
import { MissingRulesError, SchemaError } from '../schema.error.js';
import { publishedName } from './metadata/transformer-metadata.js';

/** Builds the schemas of classes, and the check that belongs to each. */
export class ClassSchemas {
  readonly definitions: Definitions;
  private readonly checks = new Map<string, Check>();
  private readonly published = new Map<string, Check>();
  private readonly surroundings: Surroundings;
  /** The properties whose `@Transform()` may not accept what is published. */
  readonly transformed: TransformedProperty[] = [];
  /** The properties that are hidden and required, as `Order.trace`. */
  readonly unknowable: string[] = [];

  constructor(
    root: Type,
    private readonly groups: readonly string[],
    private readonly publishing: Publishing,
    private readonly publishable = new Map<Type, boolean>(),
  ) {
    this.definitions = new Definitions(root);
    this.surroundings = {
      definitions: this.definitions,
      publishing,
      groups,
      classOf: (type) => this.unvalidated(type),
    };
  }

  /** The check of values as they are published, also of those that `@Transform()` may accept in another form. */
  publishedCheckOf(reference: string): Check {
    return (value, path, findings) =>
      (this.published.get(reference) ?? NOTHING_TO_CHECK)(value, path, findings);
  }

  /** The check behind a reference. Looked up at each call, because its class may not have been walked yet. */
  checkOf(reference: string): Check {
    return (value, path, findings) =>
      (this.checks.get(reference) ?? NOTHING_TO_CHECK)(value, path, findings);
  }

  tagOf(reference: string): Tag | undefined {
    return this.definitions.tagOf(reference);
  }

  object(type: Type, tag?: Tag): JsonSchema {
    const standard = standardOf(type);
    if (standard !== undefined) return this.standard(type, standard);
    const rules = rulesByProperty(type, this.groups);
    if (rules.size === 0) throw new MissingRulesError(type.name);
    const initial = initialValues(type, this.groups);
    const object = new ObjectSchema(type, tag);
    const asPublished: Member[] = tag ? [tagMember(tag)] : [];
    for (const [property, propertyRules] of rules) {
      const name = publishedName(type, property, this.groups);
      if (name === undefined || isDiscriminator(type, name, tag)) continue;
      const published = publishedProperty(type, property, propertyRules, this.surroundings);
      const isRequired = isWanted(type, property, propertyRules, initial);
      const schema = this.withDefault(published, initial.published(property), isRequired);
      const declaredBy = propertyRules.map(({ target }) => target);
      const hidden = isHidden(type, property, declaredBy);
      if (hidden && isRequired) this.unknowable.push(`${type.name}.${property}`);
      this.noteTransformed(published, { type, property, name, schema });
      const member = {
        name,
        isRequired: isRequired && !published.isTransformed,
        isHidden: hidden,
        check: this.memberCheck(published),
        applies: conditionOf(type, property, propertyRules, this.groups),
      };
      object.add(name, schema, isRequired, member);
      asPublished.push({ ...member, isRequired, check: this.publishedCheck(published) });
    }
    const reference = this.definitions.nameOf(type, tag);
    this.checks.set(reference, objectCheck(object.members));
    this.published.set(reference, objectCheck(asPublished));
    return object.schema(this.publishing);
  }

  private noteTransformed(published: PublishedProperty, property: TransformedProperty): void {
    if (published.isTransformed && !published.isExplicit) this.transformed.push(property);
  }

  /** A class with a Standard Schema, which validates its values instead of rules. */
  private standard(type: Type, schema: StandardSchema): JsonSchema {
    const name = this.definitions.nameOf(type);
    this.checks.set(name, standardCheck(schema));
    return relocated(standardSource(schema, 'input').jsonSchema, name);
  }

  /**
   * The schema of a class that no rule validates: undefined if it has no rules, and any object if it could not be
   * published. Nothing depends on its rules, so they do not stop the start.
   */
  private unvalidated(type: Type): JsonSchema | undefined {
    if (standardOf(type) !== undefined) return this.definitions.reference(type);
    if (rulesByProperty(type, this.groups).size === 0) return undefined;
    return this.isPublishable(type) ? this.definitions.reference(type) : { type: 'object' };
  }

  private isPublishable(type: Type): boolean {
    const known = this.publishable.get(type);
    if (known !== undefined) return known;
    // A class that holds itself asks again meanwhile.
    this.publishable.set(type, true);
    const isPublishable = canWalk(
      new ClassSchemas(type, this.groups, this.publishing, this.publishable),
      type,
    );
    this.publishable.set(type, isPublishable);
    return isPublishable;
  }

  /**
   * Adds the default of an optional property, from its initializer or from `@Param()`. It is left out if the schema
   * does not accept it, as after `@Transform()`, or if it is null and that is not published.
   */
  private withDefault(
    { schema, publishesNull }: PublishedProperty,
    initial: unknown,
    isRequired: boolean,
  ): JsonSchema {
    const { default: said, ...rest } = schema;
    const value = initial === undefined ? said : initial;
    if (value === undefined || isRequired || (value === null && !publishesNull)) return rest;
    return this.accepts(rest, value) ? { ...rest, default: value } : rest;
  }

  private accepts(schema: JsonSchema, value: unknown): boolean {
    const findings = new Findings();
    schemaCheck(schema, this)(value, ROOT, findings);
    return findings.total === 0;
  }

  /** `@Transform()` decides what it accepts, so only the text of a bigint is checked ahead of it. */
  private memberCheck({
    schema,
    carried,
    holder,
    acceptsNull,
    isTransformed,
  }: PublishedProperty): Check {
    const before = carried === 'Date' && isTransformed ? undefined : carried;
    const build = isTransformed ? NOTHING_TO_CHECK : schemaCheck(schema, this);
    const check = all([build, carriedCheck(before, holder)]);
    return acceptsNull ? unlessNull(check) : check;
  }

  /** Null passes the rules of an optional property, but may be what its `@Transform()` fails on. */
  private publishedCheck(published: PublishedProperty): Check {
    const { schema, carried, holder, isTransformed } = published;
    const acceptsNull = isTransformed ? published.publishesNull : published.acceptsNull;
    const references = {
      checkOf: (reference: string) => this.publishedCheckOf(reference),
      tagOf: (reference: string) => this.tagOf(reference),
    };
    const check = all([schemaCheck(schema, references), carriedCheck(carried, holder)]);
    return acceptsNull ? unlessNull(check) : check;
  }
}

/** Whether callers have to send a property: it has neither a value of its own that the rules accept, nor may it be left out. */
function isWanted(
  type: Type,
  property: string,
  rules: readonly Rule[],
  initial: InitialValues,
): boolean {
  if (!initial.has(property)) return wantValue(type, property, rules);
  // Rules of the application may need its services, which do not exist yet.
  const known = rules.filter((rule) => isOptional(rule) || isOfClassValidator(rule.name));
  return conditionsOf(rules).length === 0 && refusesInitial(known, initial.of(property));
}

function unlessNull(check: Check): Check {
  if (check === NOTHING_TO_CHECK) return check;
  return (value, path, findings) => {
    if (value !== null) check(value, path, findings);
  };
}

function tagMember({ property }: Tag): Member {
  return { name: property, isRequired: true, check: NOTHING_TO_CHECK };
}

class ObjectSchema {
  readonly members: Member[] = [];
  private readonly properties: Record<string, JsonSchema> = {};
  private readonly required: string[] = [];

  constructor(
    private readonly type: Type,
    tag: Tag | undefined,
  ) {
    if (tag === undefined) return;
    this.add(tag.property, { const: tag.value }, true, tagMember(tag));
  }

  add(name: string, schema: JsonSchema, isRequired: boolean, member: Member): void {
    if (name in Object.prototype)
      throw new SchemaError(`${this.type.name}.${name} has the name of a member of every object`);
    if (this.members.some((known) => known.name === name))
      throw new SchemaError(
        `${this.type.name} has two properties that callers know as "${name}". Give one of them another name, @Expose({ name: '…' }).`,
      );
    this.members.push(member);
    if (member.isHidden === true) return;
    this.properties[name] = schema;
    if (isRequired) this.required.push(name);
  }

  schema({ acceptsAll }: Publishing): JsonSchema {
    const description = descriptionOf(this.type);
    const hides = this.members.some(({ isHidden: hidden }) => hidden === true);
    return {
      type: 'object',
      ...(description !== undefined && { description }),
      properties: this.properties,
      ...(this.required.length > 0 && { required: this.required }),
      ...(!(acceptsAll && hides) && { additionalProperties: false }),
    };
  }
}

/**
 * Whether a property is the discriminator of its union.
 * @throws SchemaError when it has rules, but class-transformer removes it before they run
 */
function isDiscriminator(type: Type, name: string, tag: Tag | undefined): boolean {
  if (name !== tag?.property) return false;
  if (!tag.keepsProperty)
    throw new SchemaError(
      `${type.name}.${name} has rules, but is the discriminator of a union and gone when they run. Put keepDiscriminatorProperty: true beside discriminator in the options of @Type(), or take the rules away.`,
    );
  return true;
}

/** Whether the conditions of `@ValidateIf()` hold for an object as the caller sent it; undefined without any. */
function conditionOf(
  type: Type,
  property: string,
  rules: readonly Rule[],
  groups: readonly string[],
): Member['applies'] {
  const conditions = conditionsOf(rules);
  if (conditions.length === 0) return undefined;
  return (holder) => {
    try {
      const instance = instanceOf(type, copied(holder), groups);
      const value: unknown = Reflect.get(instance, property);
      return conditions.every((applies) => applies(instance, value));
    } catch {
      // The value of the wrong type is the likely cause, and would fail the call without naming it.
      return true;
    }
  };
}

function canWalk(walk: ClassSchemas, type: Type): boolean {
  try {
    walk.object(type);
    walk.definitions.resolve((nested, tag) => walk.object(nested, tag));
    return true;
  } catch (error) {
    if (error instanceof SchemaError) return false;
    throw error;
  }
}
