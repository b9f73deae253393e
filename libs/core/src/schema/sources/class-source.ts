import type { Type } from '@nestjs/common';
import { isJsonObject } from '../../interfaces/json.js';
import { planClass } from '../arguments/arguments-plan.js';
import { InvalidArgumentsError } from '../findings/invalid-arguments.error.js';
import { RESULTS } from '../class-validator/publishing.js';
import { refused, type SchemaSource } from '../schema-source.js';

const NO_DEFAULTS: ReadonlyMap<string, unknown> = new Map();

/**
 * The source for a class with class-validator rules that describes a result. A valid value becomes an instance.
 * @throws SchemaError when the class has no rules, or cannot be published.
 */
export function classSource(type: Type): SchemaSource {
  const plan = planClass(type, NO_DEFAULTS, [], RESULTS);
  return {
    jsonSchema: plan.inputSchema,
    async validate(value) {
      if (!isJsonObject(value)) return refused(['must be an object (isObject)']);
      try {
        return { value: await plan.read(value) };
      } catch (error) {
        if (error instanceof InvalidArgumentsError) return refused(error.findings);
        throw error;
      }
    },
  };
}
