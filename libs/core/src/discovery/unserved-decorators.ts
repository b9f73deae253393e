import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Module } from '@nestjs/core/injector/module.js';
import { MCP_SERVER } from '../interfaces/mcp.tokens.js';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import { NOT_PROVIDED, NOTHING_TO_SERVE } from '../messages/unserved.messages.js';
import { classOf } from './class-of.js';
import { idleDecorators } from './idle-decorators.js';
import { rememberProvided, unprovidedTypes } from './marked-types.js';
import { ServerDirectory } from './server-directory.js';
import { isBare, type Unserved, unservedMembers } from './unserved-members.js';

/** Finds the decorators of this package that have no effect in the application. */
@Injectable()
export class UnservedDecorators {
  private readonly checked = new Set<Type>();

  constructor(
    private readonly directory: ServerDirectory,
    private readonly discovery: DiscoveryService,
  ) {}

  /** @param modules those that were loaded after the start; default: all */
  find(modules?: Module[]): Unserved {
    const [server] = this.directory.servers;
    const kinds = (server?.features ?? []).map(({ kind }) => kind);
    const types = this.classes(modules).filter((type) => !this.checked.has(type));
    for (const type of types) this.checked.add(type);
    const members = kinds.flatMap((kind) => types.map((type) => unservedMembers(kind, type)));
    return {
      problems: [
        ...members.flatMap(({ problems }) => problems),
        ...types.flatMap((type) => idleDecorators(kinds, type)),
      ],
      warnings: [
        ...members.flatMap(({ warnings }) => warnings),
        ...kinds.flatMap((kind) =>
          types
            .filter((type) => isBare(kind, type))
            .map((type) => NOTHING_TO_SERVE(kind, type.name)),
        ),
        ...(modules === undefined ? unprovided(kinds) : []),
      ],
    };
  }

  /** The classes of all providers and controllers. A token may be a class that another one replaces. The modules of servers are our own. */
  private classes(modules?: Module[]): Type[] {
    const wrappers = [
      ...this.discovery.getProviders({}, modules),
      ...this.discovery.getControllers({}, modules),
    ].filter(({ host }) => host?.providers.has(MCP_SERVER) !== true);
    const types = wrappers.flatMap((wrapper) => classOf(wrapper) ?? []);
    const tokens = wrappers.flatMap(({ token }) =>
      typeof token === 'function' ? [token as Type] : [],
    );
    rememberProvided([...types, ...tokens]);
    return [...new Set(types)];
  }
}

function unprovided(kinds: readonly PrimitiveKind[]): string[] {
  return kinds.flatMap((kind) =>
    unprovidedTypes(kind).map((type) => NOT_PROVIDED(kind, type.name)),
  );
}
