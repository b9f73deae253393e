// oxlint-disable-next-line typescript/triple-slash-reference -- a build of the application includes only what is imported
/// <reference path="./class-transformer-storage.d.ts" />
import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { TransformationType } from 'class-transformer';
// The names of a union's members and of exposed properties have no public way out of class-transformer.
// This file alone looks into its storage, as @nestjs/mapped-types does; it only reads.
import { defaultMetadataStorage as storage } from 'class-transformer/cjs/storage.js';

const { PLAIN_TO_CLASS } = TransformationType;

/** What class-transformer makes of the values of a property. */
export interface TransformedType {
  /** The class, or what `@Type(() => …)` gives otherwise; undefined without it. */
  readonly element: unknown;
  /** What the property itself is declared to be: `Array`, `Set`, `Map`, … */
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
  const known = find(storage.findTypeMetadata(type, property));
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

/** The name by which a caller gives the property, or undefined where nobody can. */
export function publishedName(
  type: Type,
  property: string,
  groups: readonly string[],
): string | undefined {
  const isExposed = storage.getExposedProperties(type, PLAIN_TO_CLASS).includes(property);
  if (storage.getStrategy(type) === 'excludeAll' && !isExposed) return undefined;
  if (storage.getExcludedProperties(type, PLAIN_TO_CLASS).includes(property)) return undefined;
  const options = isExposed ? find(storage.findExposeMetadata(type, property))?.options : undefined;
  const wanted = options?.groups ?? [];
  if (wanted.length > 0 && !wanted.some((group) => groups.includes(group))) return undefined;
  return options?.name ?? property;
}

/** Tells whether `@Transform()` changes the property: what may be given is then for it to say. */
export function isTransformed(type: Type, property: string): boolean {
  return storage.findTransformMetadatas(type, property, PLAIN_TO_CLASS).length > 0;
}

/** Its types say that it always finds something. */
function find<Found>(found: Found): Found | undefined {
  return found;
}
