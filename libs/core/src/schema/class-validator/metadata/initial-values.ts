import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { SchemaError } from '../../schema.error.js';

/** The values that the initializers of a class assign to properties that are left out. */
export interface InitialValues {
  has(property: string): boolean;
  /** The value to publish as the default; undefined if JSON cannot represent it, or it differs between instances. */
  published(property: string): unknown;
}

/** @throws SchemaError when the class cannot be constructed without arguments */
export function initialValues(type: Type, groups: readonly string[]): InitialValues {
  const [first, second] = [made(type, groups), made(type, groups)];
  return {
    has: (property) => first[property] !== undefined,
    published(property) {
      const value = first[property];
      return isSerializable(value) && isDeepStrictEqual(value, second[property])
        ? value
        : undefined;
    },
  };
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

function made(type: Type, groups: readonly string[]): Readonly<Record<string, unknown>> {
  try {
    return plainToInstance(type, {}, { groups: [...groups] }) as Record<string, unknown>;
  } catch (error) {
    throw new SchemaError(`${type.name} cannot be made without arguments: ${String(error)}`);
  }
}
