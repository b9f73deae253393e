import { isJsonObject, type JsonObject, type JsonSchema } from '../../interfaces/json.js';
import type { Check } from '../findings/check.js';
import { Findings } from '../findings/findings.js';
import type { ValuePath } from '../findings/value-path.js';
import type { StandardResult, StandardSchema } from '../standard/schema-like.interface.js';
import { addIssues } from '../standard/standard-findings.js';

interface Validated {
  readonly path: ValuePath | undefined;
  readonly value: unknown;
  readonly result: StandardResult | Promise<StandardResult>;
}

/** The findings about one set of arguments, and the values in it that Standard Schemas have validated. */
export class StandardValues extends Findings {
  private readonly validated: Validated[] = [];
  /** Symbols in place of the values, because class-transformer leaves symbols alone. */
  private readonly placeholders = new Map<unknown, unknown>();

  validate(schema: StandardSchema, value: unknown, path: ValuePath | undefined): void {
    this.validated.push({ path, value, result: schema['~standard'].validate(value) });
  }

  /** Adds the issues, and puts a placeholder into the arguments for each value that is valid. */
  async settle(given: JsonObject): Promise<void> {
    for (const { path, value, result } of this.validated) {
      const settled = await result;
      if (settled.issues) addIssues(settled.issues, value, path, this);
      else this.replace(given, path, settled.value);
    }
  }

  /** Puts the values that the schemas returned into an instance. */
  restore(made: unknown): unknown {
    if (this.placeholders.has(made)) return this.placeholders.get(made);
    if (this.placeholders.size === 0 || typeof made !== 'object' || made === null) return made;
    if (made instanceof Set) return new Set([...made].map((one) => this.restore(one)));
    if (made instanceof Map)
      return new Map([...made].map(([name, one]) => [name, this.restore(one)] as const));
    for (const [name, one] of Object.entries(made)) {
      const restored = this.restore(one);
      if (restored !== one) Reflect.set(made, name, restored);
    }
    return made;
  }

  private replace(given: JsonObject, path: ValuePath | undefined, value: unknown): void {
    if (path === undefined) return;
    const placeholder = Symbol('validated value');
    this.placeholders.set(placeholder, value);
    Reflect.set(holderIn(given, path.parent), path.name, placeholder);
  }
}

function holderIn(given: object, path: ValuePath | undefined): object {
  if (path === undefined) return given;
  return Reflect.get(holderIn(given, path.parent), path.name) as object;
}

/** The check of a value by a Standard Schema. Its result counts only for {@link StandardValues}. */
export function standardCheck(schema: StandardSchema): Check {
  return (value, path, findings) => {
    if (findings instanceof StandardValues) findings.validate(schema, value, path);
  };
}

/** A schema as a definition in another: its references to itself lead to where it is. */
export function relocated(schema: JsonSchema, to: string): JsonSchema {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        name === '$ref' && typeof one === 'string' && one.startsWith('#')
          ? `${to}${one.slice(1)}`
          : copy(one),
      ]),
    );
  };
  return copy(schema) as JsonSchema;
}
