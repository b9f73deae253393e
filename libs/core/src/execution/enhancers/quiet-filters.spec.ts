import { ForbiddenException } from '@nestjs/common';
import type { ExternalExceptionFilterContext } from '@nestjs/core/exceptions/external-exception-filter-context.js';
import { ExternalExceptionsHandler } from '@nestjs/core/exceptions/external-exceptions-handler.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';

const HOST = new ExecutionContextHost([]);
const DENIED = new ForbiddenException();

/** What the stage does with a denial, on a Nest whose handlers return `unhandled` when no filter handles an error. */
async function stageOf(unhandled: unknown, ...filtered: unknown[]): Promise<() => unknown> {
  jest.resetModules();
  const custom = jest
    .spyOn(ExternalExceptionsHandler.prototype, 'invokeCustomFilters')
    .mockReturnValue(unhandled as Promise<unknown>);
  const { quietFilters } = await import('./quiet-filters.js');
  if (filtered.length > 0) custom.mockReturnValue(filtered[0] as Promise<unknown>);
  const context = { create: () => new ExternalExceptionsHandler() };
  const stage = quietFilters(context as Partial<ExternalExceptionFilterContext> as never);
  const handler = stage.create(HOST, () => undefined, '');
  return () => handler.next(DENIED, HOST);
}

describe.each([
  ['before 12.2', null],
  ['from 12.2 on', undefined],
])('the filter stage of Nest %s', (_, unhandled) => {
  afterEach(() => jest.restoreAllMocks());

  it('throws an error on that no filter handles', async () => {
    expect(await stageOf(unhandled)).toThrow(DENIED);
  });

  it('throws the error on when its filter returns nothing', async () => {
    expect(await stageOf(unhandled, undefined)).toThrow(DENIED);
  });

  it.each(['Denied', 0, '', false])('returns what a filter returns: %j', async (value) => {
    expect((await stageOf(unhandled, value))()).toBe(value);
  });
});
