import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidatorOptions } from 'class-validator';
import type { JsonObject, JsonSchema } from '../interfaces/json.js';
import { classSchema } from './class-schema.js';
import { findingsOf, unknownArgument } from './findings.js';
import { InvalidArgumentsError } from './invalid-arguments.error.js';

/** How the arguments of one tool are published and read; made once, at boot. */
export interface ArgumentsPlan {
  /** JSON Schema 2020-12 of the arguments object. */
  readonly inputSchema: JsonSchema;
  /**
   * Transforms and validates the arguments of a call.
   * @throws InvalidArgumentsError naming each argument and rule.
   */
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
export function planClass(type: Type, defaults: ReadonlyMap<string, unknown>): ArgumentsPlan {
  const inputSchema = classSchema(type);
  const accepted = Object.keys(inputSchema.properties as object);
  return {
    inputSchema,
    async read(raw) {
      const instance = plainToInstance(type, withDefaults(raw, defaults)) as object;
      const errors = await validate(instance, STRICT);
      if (errors.length > 0) throw new InvalidArgumentsError(findingsOf(errors, accepted));
      return instance;
    },
  };
}

/** Plan of a tool that takes nothing. */
export const NO_ARGUMENTS: ArgumentsPlan = {
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  async read(raw) {
    const findings = Object.keys(raw).map((name) => unknownArgument(name.slice(0, 100), []));
    if (findings.length > 0) throw new InvalidArgumentsError(findings);
    return raw;
  },
};

function withDefaults(raw: JsonObject, defaults: ReadonlyMap<string, unknown>): JsonObject {
  if (defaults.size === 0) return raw;
  const filled: Record<string, unknown> = { ...raw };
  for (const [name, value] of defaults)
    if (filled[name] === undefined) filled[name] = structuredClone(value);
  return filled;
}
