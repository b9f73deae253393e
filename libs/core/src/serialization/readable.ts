import { isJsonObject, type JsonObject } from '../interfaces/json.js';

const DEEPEST = 16;
/** The number of values that one text shows. */
const MOST = 1_000;
/** The longest JSON of a part of a body, in characters. */
const LONGEST = 2_000;

/** A value that is a text by itself. */
export function isScalar(value: unknown): value is string | number | boolean | bigint {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}

/** The value that JSON shows: what `toJSON()` returns, or the value itself; undefined if `toJSON()` throws. */
export function readable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? Reflect.apply(toJSON, value, ['']) : value;
  } catch {
    return undefined;
  }
}

/** The members of an object that can be read, without those whose getter throws. */
export function readableMembers(value: JsonObject): JsonObject {
  const members: [string, unknown][] = [];
  for (const name of Object.keys(value)) {
    try {
      members.push([name, value[name]]);
    } catch {
      // It has no value to read.
    }
  }
  return Object.fromEntries(members);
}

/**
 * Whether an object is a `ValidationError` of class-validator. By its members, because it may come from another copy
 * of the package, or be a plain copy.
 */
export function isValidationError({ property, constraints, children }: JsonObject): boolean {
  const isNamed = typeof property === 'string' || Array.isArray(children);
  return isNamed && (isJsonObject(constraints) || Array.isArray(children));
}

/**
 * The JSON of a value, of at most 2,000 characters. A `bigint` becomes its digits. What JSON cannot express is left
 * out: an object that refers back to itself, a member whose getter throws. So are members named `stack`, and the
 * arguments in a `ValidationError`.
 */
export function readableJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(new Copy().of(value, 0));
  if (json === undefined) return '';
  return json.length > LONGEST ? `${json.slice(0, LONGEST - 1)}…` : json;
}

/** A copy that JSON can express. */
class Copy {
  private readonly around = new Set<object>();
  private left = MOST;

  of(given: unknown, depth: number): unknown {
    if (this.left-- <= 0 || depth > DEEPEST) return undefined;
    const value = readable(given);
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (this.around.has(value)) return undefined;
    this.around.add(value);
    const copy = this.within(value, depth + 1);
    this.around.delete(value);
    return copy;
  }

  private within(value: object, depth: number): unknown {
    if (Array.isArray(value)) return value.slice(0, MOST).map((item) => this.of(item, depth));
    if (!isJsonObject(value)) return undefined;
    const members = readableMembers(value);
    const hidden = isValidationError(members) ? ['stack', 'target', 'value'] : ['stack'];
    return Object.fromEntries(
      Object.entries(members).flatMap(([name, one]) => {
        const copy = hidden.includes(name) ? undefined : this.of(one, depth);
        return copy === undefined ? [] : [[name, copy]];
      }),
    );
  }
}
