import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidatorOptions } from 'class-validator';
import { isJsonObject, type JsonObject, type JsonSchema } from '../interfaces/json.js';
import { classModel } from './class-model.js';
import { groupOptions } from './class-rules.js';
import { type Finding, findingsOf, lineOf, pathOf, unknownArgument } from './findings.js';
import { InvalidArgumentsError } from './invalid-arguments.error.js';
import { ARGUMENTS } from './publishing.js';
import { reservedNames } from './reserved-names.js';

/** How the arguments of one tool are published and read; made once, at boot. */
export interface ArgumentsPlan {
  /** JSON Schema 2020-12 of the arguments object. */
  readonly inputSchema: JsonSchema;
  /**
   * Transforms and validates the arguments of a call.
   * @throws InvalidArgumentsError naming each argument and rule; also at once, without a promise.
   */
  read(raw: JsonObject): object | Promise<object>;
}

/** A plan that looks at everything, validators that take their time included. */
export interface FullArgumentsPlan extends ArgumentsPlan {
  read(raw: JsonObject): Promise<object>;
}

const STRICT: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
};

/**
 * Plans arguments that are an instance of a class with class-validator rules.
 * @throws SchemaError when the class cannot be published.
 */
export function planClass(
  type: Type,
  defaults: ReadonlyMap<string, unknown>,
  groups: readonly string[] = [],
  publishing = ARGUMENTS,
): FullArgumentsPlan {
  const { schema: inputSchema, check, hasUnions, nameOf } = classModel(type, groups, publishing);
  const accepted = Object.keys(inputSchema.properties as object);
  const options = { ...STRICT, ...groupOptions(groups) };
  return {
    inputSchema,
    async read(raw) {
      refuse(reservedNames(raw));
      const given = withDefaults(hasUnions ? copied(raw) : raw, defaults);
      const misshapen = check(given, '');
      const instance = transformed(type, given, groups, misshapen);
      const broken = findingsOf(await validate(instance, options), accepted, nameOf);
      refuse(together(broken, misshapen));
      return instance;
    },
  };
}

/** Deep; made of objects of this realm, which class-transformer looks for. */
function copied<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copied) as Value;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, copied(one)]),
  ) as Value;
}

/** What is wrong with the build of the arguments may make class-transformer stumble: that is then the reason. */
function transformed(
  type: Type,
  given: JsonObject,
  groups: readonly string[],
  misshapen: readonly Finding[],
): object {
  try {
    return plainToInstance(type, given, { groups: [...groups] }) as object;
  } catch (error) {
    refuse(misshapen);
    throw error;
  }
}

/**
 * Each argument once: what a rule names, the build of what it names says no better. Only that a class is
 * unknown to class-validator tells nobody anything, where the build says why.
 */
function together(broken: readonly Finding[], misshapen: readonly Finding[]): Finding[] {
  const telling = broken.filter(
    ({ path, words }) =>
      !words.endsWith('(unknownValue)') || !misshapen.some((one) => isWithin(one.path, path)),
  );
  const unnamed = misshapen.filter(({ path }) => !telling.some((one) => isWithin(path, one.path)));
  return [...telling, ...unnamed];
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}[`) || path.startsWith(`${parent}.`);
}

/** Plan of a tool that takes nothing. */
export const NO_ARGUMENTS: ArgumentsPlan = {
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  read(raw) {
    const names = Object.keys(raw);
    if (names.length > 0) refuse(names.map((name) => unknownArgument(pathOf('', name), [])));
    return raw;
  },
};

function refuse(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new InvalidArgumentsError(findings.map(lineOf));
}

function withDefaults(raw: JsonObject, defaults: ReadonlyMap<string, unknown>): JsonObject {
  if (defaults.size === 0) return raw;
  const filled: Record<string, unknown> = { ...raw };
  for (const [name, value] of defaults)
    if (filled[name] === undefined) filled[name] = structuredClone(value);
  return filled;
}
