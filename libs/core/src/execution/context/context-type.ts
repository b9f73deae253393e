import type { HttpAdapterHost } from '@nestjs/core';

/** Whether the application has HTTP: an application context, as `runStdio()` makes one, does not. */
export function hasHttp({ httpAdapter }: HttpAdapterHost): boolean {
  return Boolean(httpAdapter);
}

/**
 * What `getType()` of a tool's execution context is. Published guards let everything pass that is not
 * `'http'`, so it is that wherever there is an HTTP request.
 */
export function contextTypeOf(host: HttpAdapterHost): 'http' | 'mcp' {
  return hasHttp(host) ? 'http' : 'mcp';
}
