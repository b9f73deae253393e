import type { Type } from '@nestjs/common';
import type { MetadataScanner } from '@nestjs/core';

/** Names of the methods of a class, inherited ones included, that carry a decorator's metadata. */
export function decoratedMethods(
  scanner: MetadataScanner,
  type: Type,
  methodKey: string,
): string[] {
  const prototype = type.prototype as Record<string, object>;
  return scanner
    .getAllMethodNames(prototype)
    .filter((name) => Reflect.hasMetadata(methodKey, prototype[name] ?? {}));
}
