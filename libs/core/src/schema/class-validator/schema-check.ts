import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { all, type Check, EXPECTED, IS, NOTHING_TO_CHECK } from '../findings/check.js';

/** Looks up the check, and the tag in a union, of a referenced class. */
export interface References {
  checkOf(reference: string): Check;
  tagOf(reference: string): { readonly property: string; readonly value: string } | undefined;
}

/**
 * Compiles the check of the shape that a published schema describes: types, enums, lists, objects and references.
 * The rules alone would accept more. class-validator runs on the converted value, which may be valid although the
 * original is not (`@Type(() => Number)` converts text to a number). It also accepts a single value for a list (rules
 * with `each`), a list or nothing for an object (`@ValidateNested()`), and the member names of a numeric enum
 * (`@IsEnum()`). Sizes and patterns are left to the rules.
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
  return (value, path, findings) => {
    if (!known.has(value)) findings.add(path, words);
  };
}

function typeCheck(type: unknown): Check {
  const names = (Array.isArray(type) ? type : [type]) as (keyof typeof IS | undefined)[];
  const known = names.filter((name) => name !== undefined && name in IS) as (keyof typeof IS)[];
  const [first] = known;
  if (first === undefined || known.length < names.length) return NOTHING_TO_CHECK;
  const words = EXPECTED[first];
  return (value, path, findings) => {
    if (!known.some((name) => IS[name](value))) findings.add(path, words);
  };
}

function itemsCheck({ items }: JsonSchema, references: References): Check {
  const check = isJsonObject(items) ? schemaCheck(items, references) : NOTHING_TO_CHECK;
  if (check === NOTHING_TO_CHECK) return check;
  return (value, path, findings) => {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries())
      check(item, { parent: path, name: index }, findings);
  };
}

function valuesCheck({ additionalProperties }: JsonSchema, references: References): Check {
  const check = isJsonObject(additionalProperties)
    ? schemaCheck(additionalProperties, references)
    : NOTHING_TO_CHECK;
  if (check === NOTHING_TO_CHECK) return check;
  return (value, path, findings) => {
    if (!isJsonObject(value)) return;
    for (const name of Object.keys(value)) check(value[name], { parent: path, name }, findings);
  };
}

/** The class walk uses `anyOf` for nullable values and for the classes of a union. */
function anyOfCheck(alternatives: readonly JsonSchema[], references: References): Check {
  const others = alternatives.filter(({ type }) => type !== 'null');
  const check = unionCheck(others, references) ?? onlyCheck(others, references);
  if (others.length === alternatives.length) return check;
  return (value, path, findings) => {
    if (value !== null) check(value, path, findings);
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
  return (value, path, findings) => {
    if (!isJsonObject(value)) {
      findings.add(path, EXPECTED.object);
      return;
    }
    const check = checks.get(value[discriminator]);
    if (check) check(value, path, findings);
    else findings.add({ parent: path, name: discriminator }, words);
  };
}
