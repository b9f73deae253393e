import type { Type } from '@nestjs/common';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/** The class of a provider that is registered by class, by factory or by value. */
export function classOf({
  instance,
  metatype,
  isNotMetatype,
  token,
}: InstanceWrapper): Type | undefined {
  const made = instance as object | null | undefined;
  if (typeof made === 'object' && made !== null && typeof made.constructor === 'function')
    return made.constructor as Type;
  // A request-scoped factory has not made an instance yet; its token may be the class.
  const type: unknown = isNotMetatype ? token : metatype;
  return typeof type === 'function' ? (type as Type) : undefined;
}
