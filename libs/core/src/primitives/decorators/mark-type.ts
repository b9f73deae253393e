import 'reflect-metadata';
import { Injectable, type InjectableOptions } from '@nestjs/common';
import { ENTRY_PROVIDER_WATERMARK, SCOPE_OPTIONS_METADATA } from '@nestjs/common/constants.js';
import { rememberType } from '../../discovery/marked-types.js';
import { MCP_SERVERS } from '../../interfaces/mcp.metadata.js';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import { namesOf, type ServerNames } from '../../interfaces/server-name.js';
import { DIFFERENT_SERVERS } from '../../messages/server.messages.js';
import { setPrefix } from './type-prefix.js';

/** Options of a decorator for classes: those of Nest's `@Injectable()`, the server that the class belongs to, and a prefix. */
export type PrimitiveTypeOptions = InjectableOptions & {
  /**
   * The server, or a list of servers, that the class belongs to, if the application has several.
   * Default: the server that `include` or `McpModule.forFeature()` assigns, or else the default server.
   */
  server?: ServerNames;
  /**
   * Begins the name of every method of the class, derived or given, inherited ones included: `'orders_'` makes
   * `orders_list` of `list`. Two classes that inherit a method need different ones. A class that has the decorator
   * does not inherit the prefix of its base class. Default: none.
   */
  prefix?: string;
};

/** Marks a class whose methods are primitives of a kind, and makes it injectable. A scope of `@Injectable()` stays. */
export function markType(
  kind: PrimitiveKind,
  { server, prefix, ...options }: PrimitiveTypeOptions,
): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(kind.typeKey, true, target);
    rememberType(target);
    setPrefix(kind, target, prefix);
    nameServers(target, server);
    Reflect.defineMetadata(ENTRY_PROVIDER_WATERMARK, true, target);
    const set: unknown = Reflect.getOwnMetadata(SCOPE_OPTIONS_METADATA, target);
    Injectable({ ...options, ...(set as object | undefined) })(target);
  };
}

/**
 * Undefined hides the servers of a base class, but not those that another decorator of the same class names. An empty
 * list is a mistake, which stops the start.
 * @throws TypeError when two decorators of the class name different servers.
 */
function nameServers(target: object & { readonly name: string }, server?: ServerNames): void {
  const named = Reflect.getOwnMetadata(MCP_SERVERS, target) as readonly string[] | undefined;
  const names = server === undefined ? undefined : namesOf(server);
  if (named !== undefined && names !== undefined && String(named) !== String(names))
    throw new TypeError(DIFFERENT_SERVERS(target.name, named, names));
  Reflect.defineMetadata(MCP_SERVERS, names ?? named, target);
}
