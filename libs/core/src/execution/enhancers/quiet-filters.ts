import type { ExternalExceptionFilterContext } from '@nestjs/core/exceptions/external-exception-filter-context.js';
import { ExternalExceptionsHandler } from '@nestjs/core/exceptions/external-exceptions-handler.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';

/** What Nest returns if no filter handles an error: undefined, and null in older versions. */
const UNHANDLED: unknown = new ExternalExceptionsHandler().invokeCustomFilters(
  undefined,
  new ExecutionContextHost([]),
);

/**
 * Nest's filter stage, changed so that an error that no filter handles is only thrown on. Nest would log it, without
 * the reference that the client gets, and this package logs it again, with the reference.
 */
export function quietFilters(
  filters: ExternalExceptionFilterContext,
): ExternalExceptionFilterContext {
  const create: ExternalExceptionFilterContext['create'] = (...args) =>
    quietHandler(filters.create(...args));
  return Object.assign(Object.create(filters) as ExternalExceptionFilterContext, { create });
}

function quietHandler(handler: ExternalExceptionsHandler): ExternalExceptionsHandler {
  // Not async: `await` would cost each failing call a turn of the microtask queue.
  const next: ExternalExceptionsHandler['next'] = (exception, host) => {
    const result = handler.invokeCustomFilters(exception, host);
    if (result === undefined || result === UNHANDLED) throw exception;
    return result;
  };
  return Object.assign(handler, { next });
}
