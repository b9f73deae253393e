import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { isOfThisProcess } from '../../../runtime/process-time.js';
import { SchemaError } from '../../schema.error.js';
import { underOtherConditions } from './other-conditions.js';

/** The values that the initializers of a class assign to properties that are left out. */
export interface InitialValues {
  /** Whether every instance has a value. */
  has(property: string): boolean;
  /** The value of one instance. */
  of(property: string): unknown;
  /** The value to publish as the default; undefined if JSON cannot represent it, or it can differ between calls or starts. */
  published(property: string): unknown;
}

type Instance = Readonly<Record<string, unknown>>;

/** Random values of `node:crypto` with few outcomes, such as `randomInt(2)`, differ among so many instances. */
const INSTANCES = 8;

/** @throws SchemaError when the class cannot be constructed without arguments */
export function initialValues(type: Type, groups: readonly string[]): InitialValues {
  const some = (): Instance[] => Array.from({ length: INSTANCES }, () => made(type, groups));
  // The first instances know the real clock: what they cache for the application must be right.
  const real = some();
  const others = elsewhere(some);
  const [first = {}] = real;
  const all = [...real, ...(others ?? [])];
  return {
    has: (property) => all.every((one) => one[property] !== undefined),
    of: (property) => first[property],
    published(property) {
      const value = first[property];
      const isConstant =
        others !== undefined && all.every((one) => isDeepStrictEqual(one[property], value));
      return isConstant && isSerializable(value) && !isRecent(value) ? value : undefined;
    },
  };
}

/** Instances under other clocks and random numbers; undefined if they cannot be made. */
function elsewhere(make: () => Instance[]): Instance[] | undefined {
  try {
    return underOtherConditions(make).flat();
  } catch {
    return undefined;
  }
}

/** Whether a value is, or has in it, a moment since the process started, which a constant of a module may be. */
function isRecent(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isRecent);
  const moment = typeof value === 'string' ? Date.parse(value) : value;
  return typeof moment === 'number' && isOfThisProcess(moment);
}

/** Whether a value is unchanged after a round trip through JSON. */
export function isSerializable(value: unknown): boolean {
  if (value === undefined) return false;
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  } catch {
    return false;
  }
}

/**
 * An instance without arguments. class-transformer calls the `@Transform()` of an exposed property although it has no
 * value, and many fail on that. The initializers alone then say what the class assigns.
 */
export function made(type: Type, groups: readonly string[]): Instance {
  try {
    return plainToInstance(type, {}, { groups: [...groups] }) as Instance;
  } catch {
    return constructed(type);
  }
}

function constructed(type: Type): Instance {
  try {
    return new type() as Instance;
  } catch (error) {
    throw new SchemaError(`${type.name} cannot be made without arguments: ${String(error)}`);
  }
}
