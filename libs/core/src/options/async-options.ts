import type { ConfigurableModuleAsyncOptions } from '@nestjs/common';
import type {
  McpModuleOptions,
  McpServerOptions,
} from '../interfaces/options/mcp-module-options.interface.js';
import {
  BELONGS_IN_THE_RESULT,
  INVALID_ASYNC_OPTION,
  NEEDS_ONE_FACTORY,
} from '../messages/option.messages.js';
import { isFunction, isGiven, must } from './checks.js';
import { MODULE_OPTIONS } from './module-options.table.js';
import { optionProblems } from './option-problems.js';
import { type ChecksOf, optional } from './option-row.js';

/** What may stand beside the factory of `forRootAsync()`. */
type AsyncOptions = ConfigurableModuleAsyncOptions<McpModuleOptions, 'createMcpOptions'> &
  McpServerOptions;

const isClass = isFunction('a class; a circular import can leave it undefined');
const isList = must(Array.isArray, 'a list');

const ASYNC_OPTIONS = {
  useFactory: optional(isFunction('a function that returns the options')),
  useClass: optional(isClass),
  useExisting: optional(isGiven),
  inject: optional(isList),
  imports: optional(isList),
  provideInjectionTokensFrom: optional(isList),
  server: optional(isGiven),
} satisfies ChecksOf<AsyncOptions>;

const FACTORIES = ['useFactory', 'useClass', 'useExisting'] as const;

/** The names of the options that the factory returns: `once`, `limits`. */
const RETURNED: ReadonlySet<string> = new Set(
  Object.keys(MODULE_OPTIONS).map((path) => path.split('.', 1).join()),
);

/** Whether Nest can call the factory. */
export function hasFactory(given: object): boolean {
  const { useFactory, useClass, useExisting, ...lists } = given as AsyncOptions;
  const { inject = [], imports = [], provideInjectionTokensFrom = [] } = lists;
  const isMade =
    useFactory === undefined
      ? typeof useClass === 'function' || (useExisting ?? undefined) !== undefined
      : typeof (useFactory as unknown) === 'function';
  return isMade && [inject, imports, provideInjectionTokensFrom].every(Array.isArray);
}

/**
 * The problems with what stands beside the factory of `forRootAsync()`, as lines of the boot report. An option that the
 * factory should return (`once`, `guards`) has no effect there, and would leave the server without it.
 */
export function asyncOptionProblems(given: object): string[] {
  const factories = FACTORIES.filter((name) => (given as AsyncOptions)[name] !== undefined);
  const found = optionProblems(ASYNC_OPTIONS, given).map(({ path, option, words }) =>
    option === undefined && RETURNED.has(path)
      ? { path, words: BELONGS_IN_THE_RESULT }
      : { path, words },
  );
  const choice =
    factories.length === 1 ? [] : [{ path: 'it', words: NEEDS_ONE_FACTORY(factories) }];
  return [...choice, ...found].map(({ path, words }) => INVALID_ASYNC_OPTION(path, words));
}
