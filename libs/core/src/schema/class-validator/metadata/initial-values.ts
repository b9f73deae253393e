import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { SchemaError } from '../../schema.error.js';

/** What the initializers of a class give to properties that are left out. */
export interface InitialValues {
  has(property: string): boolean;
  /** The value, where JSON can carry it and it is the same each time. */
  published(property: string): unknown;
}

/** @throws SchemaError when the class cannot be made without arguments. */
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

/** Tells whether a value comes out of JSON as it went in. */
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
