import { type ContextId, ContextIdFactory, type ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

/** A context id may stand for a tenant (`ContextIdStrategy`), whose payload is then the `REQUEST`. */
type MaybeDurable = ContextId & { readonly payload?: unknown };

/**
 * The dependency-injection context of a call, made as Nest's router makes that of a request: the POST
 * that carries the call is what `REQUEST` injects, and `ContextIdFactory.getByRequest()` finds it again.
 */
export function contextIdOf(
  request: object,
  moduleRef: ModuleRef,
  provider?: InstanceWrapper,
): ContextId {
  const contextId: MaybeDurable = ContextIdFactory.getByRequest(request);
  if (Object.hasOwn(request, REQUEST_CONTEXT_ID)) return contextId;
  Object.defineProperty(request, REQUEST_CONTEXT_ID, { value: contextId, configurable: true });
  const isTenant = provider?.isDependencyTreeDurable() === true && contextId.payload !== undefined;
  moduleRef.registerRequestByContextId(isTenant ? contextId.payload : request, contextId);
  return contextId;
}
