import { type ContextId, ContextIdFactory, type ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

/** With a `ContextIdStrategy`, a context id can belong to a tenant. Its payload is then injected as `REQUEST`. */
type MaybeDurable = ContextId & { readonly payload?: unknown };

/**
 * Returns the dependency-injection context of a call, created like that of a request to a route: `REQUEST` injects
 * the POST that carries the call, and `ContextIdFactory.getByRequest()` returns the same context again.
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
