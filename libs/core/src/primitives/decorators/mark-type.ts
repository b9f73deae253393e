import 'reflect-metadata';
import { Injectable, type InjectableOptions } from '@nestjs/common';
import { ENTRY_PROVIDER_WATERMARK, SCOPE_OPTIONS_METADATA } from '@nestjs/common/constants.js';
import { MCP_SERVERS } from '../../interfaces/mcp.metadata.js';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import { namesOf, type ServerNames } from '../../interfaces/server-name.js';

/** Options of a decorator for classes: those of Nest's `@Injectable()`, and the server that the class belongs to. */
export type PrimitiveTypeOptions = InjectableOptions & {
  /**
   * The server, or a list of servers, that the class belongs to, if the application has several.
   * Default: the server that `include` or `McpModule.forFeature()` assigns, or else the default server.
   */
  server?: ServerNames;
};

/** Marks a class whose methods are primitives of a kind, and makes it injectable. A scope of `@Injectable()` stays. */
export function markType(
  { typeKey }: PrimitiveKind,
  { server, ...options }: PrimitiveTypeOptions,
): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(typeKey, true, target);
    // Undefined hides the servers of a base class. An empty list is a mistake, which stops the start.
    Reflect.defineMetadata(MCP_SERVERS, server === undefined ? undefined : namesOf(server), target);
    Reflect.defineMetadata(ENTRY_PROVIDER_WATERMARK, true, target);
    const set: unknown = Reflect.getOwnMetadata(SCOPE_OPTIONS_METADATA, target);
    Injectable({ ...options, ...(set as object | undefined) })(target);
  };
}
