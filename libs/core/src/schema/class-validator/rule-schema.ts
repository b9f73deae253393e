import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { both } from '../json-schema.js';
import { isConditional, type Rule } from './metadata/class-rules.js';
import { keywordsOf } from './rule-keywords.js';
import { SchemaError } from '../schema.error.js';

/** The keywords of a rule, its own `jsonSchema` included; empty if a condition can switch it off. */
export function keywordsOfRule(rule: Rule): JsonSchema {
  if (isConditional(rule)) return {};
  const constraints = (rule.constraints ?? []) as unknown[];
  return both(keywordsOf(rule.name, constraints), ownSchema(rule, constraints));
}

/** Whether an application's rule has a `jsonSchema`. */
export function hasOwnSchema(rule: Rule): boolean {
  return givenSchema(rule) !== undefined;
}

/** In the context of the options of the rule, or static on its constraint class. */
function givenSchema(rule: Rule): unknown {
  const context = rule.context as { readonly jsonSchema?: unknown } | undefined;
  const made = rule.constraintCls as { readonly jsonSchema?: unknown } | undefined;
  return context?.jsonSchema ?? made?.jsonSchema;
}

function ownSchema(rule: Rule, constraints: readonly unknown[]): JsonSchema {
  const given = givenSchema(rule);
  if (given === undefined) return {};
  const schema: unknown = typeof given === 'function' ? (given as SchemaOf)(constraints) : given;
  if (isJsonObject(schema) && isSelfContained(schema)) return schema;
  throw new SchemaError(
    `The jsonSchema of the rule ${rule.name ?? rule.constraintCls.name} on ${rule.propertyName} has to be an object of JSON without $ref.`,
  );
}

type SchemaOf = (constraints: readonly unknown[]) => unknown;

/** A reference would be resolved in the schema of the tool, which does not have its target. */
function isSelfContained(schema: object): boolean {
  const text = JSON.stringify(schema);
  return !text.includes('"$ref"') && !text.includes('"$dynamicRef"');
}
