import type { ExternalContextCreator } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/**
 * Nest's pipeline with the enhancers of the module that provides the host. Before 11.2.10 and 12.2.0, Nest looks for a
 * module that provides the class of the host under its own name. There is none for a host from a factory, nor,
 * in any version, for a controller, and Nest then skips every enhancer that is bound by class.
 */
export function inModuleOf(
  contexts: ExternalContextCreator,
  { host }: InstanceWrapper,
): ExternalContextCreator {
  const own = Object.create(contexts) as ExternalContextCreator;
  return Object.assign(own, { getContextModuleKey: () => host?.token ?? '' });
}

/** Whether a host is among the controllers of its module. */
export function isController(provider: InstanceWrapper): boolean {
  const controllers: ReadonlyMap<unknown, InstanceWrapper> | undefined = provider.host?.controllers;
  return controllers?.get(provider.token) === provider;
}
