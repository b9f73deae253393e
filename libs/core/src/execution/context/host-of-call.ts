import { type ContextId, ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { contextIdOf } from './call-context-id.js';
import type { McpContext } from './mcp-context.js';

/** The instance of a provider that serves one call, and its dependency-injection context. */
export interface HostOfCall {
  readonly host: object;
  readonly contextId: ContextId;
}

/**
 * Creates the function that resolves the host of a call, for a provider that is not static. It resolves in the
 * provider's own module, because modules may provide different classes, with different guards, under one token.
 */
export function hostOfCall(
  provider: InstanceWrapper,
  fallback: ModuleRef,
): (context: McpContext) => Promise<HostOfCall> {
  const moduleRef = provider.host?.getProviderByKey<ModuleRef>(ModuleRef).instance ?? fallback;
  return async (context) => {
    const contextId = contextIdOf(context.request ?? context, moduleRef, provider);
    return { host: await moduleRef.resolve<object>(provider.token, contextId), contextId };
  };
}
