import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';

/** Where the decorator of a primitive stands. It has an effect on methods of instances only. */
export type MemberPlace =
  'method' | 'static' | 'accessor' | 'property' | 'symbol' | 'parameter' | 'class';

/** A member that has the decorator of a primitive. */
export interface DecoratedMember {
  /** The class that declares it. */
  readonly owner: Type;
  readonly name: string;
  readonly place: MemberPlace;
}

type Remembered = Omit<DecoratedMember, 'owner'>;

const keyOf = ({ methodKey }: PrimitiveKind): string => `${methodKey}:members`;

/**
 * Remembers on a class which of its members has the decorator, so that the boot report can name one that is not
 * served: it is not a method, or it has been replaced. Returns where the decorator stands.
 */
export function rememberMember(
  kind: PrimitiveKind,
  target: object,
  name: string | symbol | undefined,
  third: unknown,
): MemberPlace {
  const owner = typeof target === 'function' ? target : target.constructor;
  const place = placeOf(target, name, third);
  const own: unknown = Reflect.getOwnMetadata(keyOf(kind), owner);
  const others = Array.isArray(own) ? (own as Remembered[]) : [];
  const member: Remembered = { name: name === undefined ? '' : String(name), place };
  Reflect.defineMetadata(keyOf(kind), [...others, member], owner);
  return place;
}

/** The decorated members of a class and of its base classes, nearest first. */
export function membersOf(kind: PrimitiveKind, type: Type): DecoratedMember[] {
  return lineage(type).flatMap((owner) => {
    const own: unknown = Reflect.getOwnMetadata(keyOf(kind), owner);
    return (Array.isArray(own) ? (own as Remembered[]) : []).map((one) => ({ owner, ...one }));
  });
}

/** A class and its base classes. Empty for a function that is not a class. */
export function lineage(type: Type): Type[] {
  if (typeof type !== 'function' || typeof (type.prototype as unknown) !== 'object') return [];
  return [type, ...lineage(Object.getPrototypeOf(type) as Type)];
}

function placeOf(target: object, name: string | symbol | undefined, third: unknown): MemberPlace {
  if (name === undefined) return 'class';
  if (typeof third === 'number') return 'parameter';
  if (typeof third !== 'object' || third === null) return 'property';
  if ('get' in third || 'set' in third) return 'accessor';
  const { value } = third as PropertyDescriptor;
  if (typeof value !== 'function') return 'property';
  if (typeof name === 'symbol') return 'symbol';
  return typeof target === 'function' ? 'static' : 'method';
}
