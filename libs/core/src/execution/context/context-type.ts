import type { HttpAdapterHost } from '@nestjs/core';

/** Whether the application serves HTTP. An application context, as `runStdio()` creates it, does not. */
export function hasHttp({ httpAdapter }: HttpAdapterHost): boolean {
  return Boolean(httpAdapter);
}

/**
 * Returns the `getType()` of a tool's execution context: `'http'` if the application serves HTTP, because many
 * published guards let every other type pass.
 */
export function contextTypeOf(host: HttpAdapterHost): 'http' | 'mcp' {
  return hasHttp(host) ? 'http' : 'mcp';
}
