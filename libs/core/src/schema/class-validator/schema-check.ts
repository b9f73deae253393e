import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { all, type Check, EXPECTED, IS, NOTHING_TO_CHECK } from '../findings/check.js';

/** The check of what a reference stands for, and of the member of a union that it is. */
export interface References {
  checkOf(reference: string): Check;
  tagOf(reference: string): { readonly property: string; readonly value: string } | undefined;
}

/**
 * Compiles what a published schema says of the build of a value: types, choices, lists, objects,
 * references. class-validator looks at what class-transformer made, which may have become right on the
 * way (`@Type(() => Number)` makes a number of a text), and has gaps of its own: a rule with `each` takes a
 * single value for a list, `@ValidateNested()` a list or nothing for an object, `@IsEnum()` the member
 * names of a numeric enum. Sizes and patterns are for the rules alone.
 */
export function schemaCheck(schema: JsonSchema, references: References): Check {
  const { $ref, anyOf, allOf, enum: choices, type } = schema;
  return all([
    Array.isArray(allOf)
      ? all((allOf as JsonSchema[]).map((one) => schemaCheck(one, references)))
      : NOTHING_TO_CHECK,
    typeof $ref === 'string' ? references.checkOf($ref) : NOTHING_TO_CHECK,
    Array.isArray(anyOf) ? anyOfCheck(anyOf as JsonSchema[], references) : NOTHING_TO_CHECK,
    Array.isArray(choices) ? choiceCheck(choices) : typeCheck(type),
    itemsCheck(schema, references),
    valuesCheck(schema, references),
  ]);
}

function choiceCheck(choices: readonly unknown[]): Check {
  const words = `must be one of ${choices.map((one) => JSON.stringify(one)).join(', ')} (isEnum)`;
  const known = new Set(choices);
  return (value, place, findings) => {
    if (!known.has(value)) findings.add(place, words);
  };
}

function typeCheck(type: unknown): Check {
  const names = (Array.isArray(type) ? type : [type]) as (keyof typeof IS | undefined)[];
  const known = names.filter((name) => name !== undefined && name in IS) as (keyof typeof IS)[];
  const [first] = known;
  if (first === undefined || known.length < names.length) return NOTHING_TO_CHECK;
  const words = EXPECTED[first];
  return (value, place, findings) => {
    if (!known.some((name) => IS[name](value))) findings.add(place, words);
  };
}

function itemsCheck({ items }: JsonSchema, references: References): Check {
  const check = isJsonObject(items) ? schemaCheck(items, references) : NOTHING_TO_CHECK;
  if (check === NOTHING_TO_CHECK) return check;
  return (value, place, findings) => {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries())
      check(item, { parent: place, name: index }, findings);
  };
}

function valuesCheck({ additionalProperties }: JsonSchema, references: References): Check {
  const check = isJsonObject(additionalProperties)
    ? schemaCheck(additionalProperties, references)
    : NOTHING_TO_CHECK;
  if (check === NOTHING_TO_CHECK) return check;
  return (value, place, findings) => {
    if (!isJsonObject(value)) return;
    for (const name of Object.keys(value)) check(value[name], { parent: place, name }, findings);
  };
}

/** What the walker writes with `anyOf`: something or null, and the classes of a union. */
function anyOfCheck(alternatives: readonly JsonSchema[], references: References): Check {
  const others = alternatives.filter(({ type }) => type !== 'null');
  const check = unionCheck(others, references) ?? onlyCheck(others, references);
  if (others.length === alternatives.length) return check;
  return (value, place, findings) => {
    if (value !== null) check(value, place, findings);
  };
}

function onlyCheck(alternatives: readonly JsonSchema[], references: References): Check {
  const [only] = alternatives;
  return only && alternatives.length === 1 ? schemaCheck(only, references) : NOTHING_TO_CHECK;
}

function unionCheck(
  alternatives: readonly JsonSchema[],
  references: References,
): Check | undefined {
  const checks = new Map<unknown, Check>();
  let discriminator = '';
  for (const { $ref } of alternatives) {
    const tag = typeof $ref === 'string' ? references.tagOf($ref) : undefined;
    if (tag === undefined) return undefined;
    discriminator = tag.property;
    checks.set(tag.value, references.checkOf(String($ref)));
  }
  const names = [...checks.keys()].map((name) => JSON.stringify(name)).join(', ');
  const words = `must be one of ${names} (discriminator)`;
  return (value, place, findings) => {
    if (!isJsonObject(value)) {
      findings.add(place, EXPECTED.object);
      return;
    }
    const check = checks.get(value[discriminator]);
    if (check) check(value, place, findings);
    else findings.add({ parent: place, name: discriminator }, words);
  };
}
