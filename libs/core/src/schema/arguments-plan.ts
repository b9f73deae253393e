import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidatorOptions } from 'class-validator';
import type { JsonObject, JsonSchema } from '../interfaces/json.js';
import { classSchema } from './class-schema.js';
import { type Finding, findingsOf, lineOf, pathOf, unknownArgument } from './findings.js';
import { InvalidArgumentsError } from './invalid-arguments.error.js';
import { reservedNames } from './reserved-names.js';
import { shapeFindings } from './shape.js';

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
  validationError: { target: false },
};

/**
 * Plans arguments that are an instance of a class with class-validator rules.
 * @throws SchemaError when the class cannot be published.
 */
export function planClass(type: Type, defaults: ReadonlyMap<string, unknown>): FullArgumentsPlan {
  const inputSchema = classSchema(type);
  const accepted = Object.keys(inputSchema.properties as object);
  return {
    inputSchema,
    async read(raw) {
      refuse(reservedNames(raw));
      const instance = plainToInstance(type, withDefaults(raw, defaults)) as object;
      const broken = findingsOf(await validate(instance, STRICT), accepted);
      const paths = new Set(broken.map(({ path }) => path));
      const misshapen = shapeFindings(inputSchema, instance).filter(({ path }) => !paths.has(path));
      refuse([...broken, ...misshapen]);
      return instance;
    },
  };
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
