import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { TransformationType } from 'class-transformer';
import { classTransformer, type ClassTransformerCopy } from './class-transformer-copy.js';

const { PLAIN_TO_CLASS } = TransformationType;

/**
 * class-transformer has no public API for the names of a union's members and of exposed properties. Only this file
 * reads its storage, as @nestjs/mapped-types does.
 */
const storageInUse = (): ClassTransformerCopy['defaultMetadataStorage'] =>
  classTransformer().defaultMetadataStorage;

/** The types that class-transformer converts a property and its values to. */
export interface TransformedType {
  /** The class, or the other type, that `@Type(() => …)` returns; undefined without it. */
  readonly element: unknown;
  /** The declared type of the property: `Array`, `Set`, `Map`, … */
  readonly declared: unknown;
  readonly union?: Union;
}

/** The classes of `@Type(() => Base, { discriminator })`. */
export interface Union {
  readonly property: string;
  readonly members: readonly { readonly name: string; readonly value: Type }[];
  readonly keepsProperty: boolean;
}

export function transformedType(type: Type, property: string): TransformedType {
  const declared: unknown = Reflect.getMetadata('design:type', type.prototype as object, property);
  const known = find(storageInUse().findTypeMetadata(type, property));
  if (known === undefined) return { element: undefined, declared };
  const { discriminator, keepDiscriminatorProperty = false } = known.options;
  const element: unknown = known.typeFunction({
    newObject: {},
    object: { [property]: {} },
    property,
  });
  if (!discriminator) return { element, declared };
  const members = discriminator.subTypes.map(({ name, value }) => ({ name, value: value as Type }));
  const union = {
    property: discriminator.property,
    members,
    keepsProperty: keepDiscriminatorProperty,
  };
  return { element, declared, union };
}

/** The name that callers use for a property; undefined if callers cannot set it. */
export function publishedName(
  type: Type,
  property: string,
  groups: readonly string[],
): string | undefined {
  const storage = storageInUse();
  const isExposed = storage.getExposedProperties(type, PLAIN_TO_CLASS).includes(property);
  if (storage.getStrategy(type) === 'excludeAll' && !isExposed) return undefined;
  if (storage.getExcludedProperties(type, PLAIN_TO_CLASS).includes(property)) return undefined;
  const options = isExposed ? find(storage.findExposeMetadata(type, property))?.options : undefined;
  const wanted = options?.groups ?? [];
  if (wanted.length > 0 && !wanted.some((group) => groups.includes(group))) return undefined;
  return options?.name ?? property;
}

/** Whether a property has `@Transform()`, which then decides what it accepts. */
export function isTransformed(type: Type, property: string): boolean {
  return storageInUse().findTransformMetadatas(type, property, PLAIN_TO_CLASS).length > 0;
}

/** class-transformer's types do not include undefined, which it returns if it finds nothing. */
function find<Found>(found: Found): Found | undefined {
  return found;
}
