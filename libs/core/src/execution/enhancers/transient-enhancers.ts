import { Scope } from '@nestjs/common';
import { SCOPE_OPTIONS_METADATA } from '@nestjs/common/constants.js';
import { ExternalContextCreator } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/**
 * Whether this version of Nest constructs every transient enhancer. Before 11.2.10 and 12.2.0, Nest runs some as
 * objects whose constructor was never called, on routes as well, and such a guard can let every caller pass. The
 * method was added with the last of the corrections.
 */
export const CONSTRUCTS_TRANSIENTS = 'getHostModuleKey' in ExternalContextCreator.prototype;

/** What {@link unconstructed} looks at. */
export interface BoundEnhancers {
  /** What Nest knows of the enhancers that are bound to the method by class. */
  readonly bound: readonly (InstanceWrapper | undefined)[];
  /** The static global enhancers: instances. */
  readonly globals: readonly unknown[];
  /** The request-scoped and transient global enhancers. */
  readonly scopedGlobals: readonly InstanceWrapper[];
  /** Whether one instance of the host serves every call. The enhancers of other hosts are constructed for each call. */
  readonly isStatic: boolean;
}

/** The names of the enhancers that a Nest version without {@link CONSTRUCTS_TRANSIENTS} may not construct. */
export function unconstructed({
  bound,
  globals,
  scopedGlobals,
  isStatic,
}: BoundEnhancers): string[] {
  const ofHost = isStatic ? bound : [];
  const wrappers = [...ofHost, ...scopedGlobals].filter((wrapper) => wrapper?.isTransient === true);
  const instances = globals.filter(isOfTransientClass);
  return [
    ...wrappers.map((wrapper) => String(wrapper?.metatype?.name ?? wrapper?.name)),
    ...instances.map((instance) => (instance as object).constructor.name),
  ];
}

/** Whether an instance is of a class that is marked as transient. `APP_GUARD` has it as a static global enhancer. */
function isOfTransientClass(instance: unknown): boolean {
  const type = (instance as object).constructor;
  const options: unknown = Reflect.getMetadata(SCOPE_OPTIONS_METADATA, type);
  return (options as { scope?: Scope } | undefined)?.scope === Scope.TRANSIENT;
}
