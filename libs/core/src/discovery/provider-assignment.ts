import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { Module } from '@nestjs/core/injector/module.js';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { MCP_SERVERS } from '../interfaces/mcp.metadata.js';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import { namesOf, type ServerNames } from '../interfaces/server-name.js';
import {
  LISTED_NOT_MARKED,
  LISTED_NOT_PROVIDED,
  NO_DEFAULT_SERVER,
  NO_SERVER_LISTED,
  UNKNOWN_MODULE,
  UNKNOWN_SERVER,
} from '../messages/server.messages.js';
import { classOf } from './class-of.js';
import { decoratedMethods } from './decorated-methods.js';
import { type McpServerEntry, ServerDirectory } from './server-directory.js';

/** A provider that has, or should have, decorated methods. */
interface Host {
  readonly provider: InstanceWrapper;
  readonly type: Type;
}

/** The name of a server, and the decorator or method that names it. */
interface Naming {
  readonly server: string;
  readonly by: string;
}

/** The servers that a decorator or method lists for a class; undefined if it lists none. */
interface ServerList {
  readonly servers: ServerNames | undefined;
  readonly by: string;
}

interface Assigned {
  readonly providersOf: (server: McpServerEntry) => InstanceWrapper[];
  readonly problems: readonly string[];
}

const FEATURE = 'McpModule.forFeature()';

/** Decides which providers each server serves, once all providers are instantiated. */
@Injectable()
export class ProviderAssignment {
  private readonly assigned = new Set<unknown>();

  constructor(
    private readonly directory: ServerDirectory,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly modules: ModulesContainer,
  ) {}

  /**
   * The providers and controllers of each server, and what is wrong with their assignment.
   * @param modules those that were loaded after the start; default: all
   */
  decide(modules?: Module[]): Assigned {
    const { servers } = this.directory;
    const hosts = this.hosts(modules);
    const placed = hosts.map(({ provider, type }) => ({
      provider,
      names: this.serversOf(provider, type),
    }));
    return {
      providersOf: (server) =>
        placed
          .filter(({ names }) => names.includes(server.name))
          .map(({ provider }) => provider)
          .filter((provider) => !server.settings.exclude.some((type) => isOf(provider, type))),
      problems: [
        ...hosts.flatMap(({ provider, type }) => this.problemsOf(provider, type)),
        ...this.listProblems(),
        ...servers.flatMap((server) => this.includeProblems(server)),
      ],
    };
  }

  /** Each host once: an object under two tokens is one host, by `useExisting` or by a factory. */
  private hosts(modules?: Module[]): Host[] {
    const wrappers = [
      ...this.discovery.getProviders({}, modules),
      ...this.discovery.getControllers({}, modules),
    ];
    return wrappers.flatMap((provider) => {
      const host: unknown = provider.instance ?? provider;
      const type = classOf(provider);
      if (provider.isAlias || this.assigned.has(host) || type === undefined) return [];
      this.assigned.add(host);
      return this.hasPrimitives(type) ? [{ provider, type }] : [];
    });
  }

  private hasPrimitives(type: Type): boolean {
    return this.kinds().some((kind) => isMarked(type, kind) || this.hasMethods(type, kind));
  }

  /** The kinds of all features; every server has the same ones. */
  private kinds(): readonly PrimitiveKind[] {
    const [server] = this.directory.servers;
    return (server?.features ?? []).map(({ kind }) => kind);
  }

  private hasMethods(type: Type, { methodKey }: PrimitiveKind): boolean {
    return decoratedMethods(this.scanner, type, methodKey).length > 0;
  }

  /** Decorators that could mark a class: those of its methods, or those of every kind. */
  private decoratorsFor(type: Type): readonly string[] {
    const kinds = this.kinds();
    const own = kinds.filter((kind) => isMarked(type, kind) || this.hasMethods(type, kind));
    return (own.length > 0 ? own : kinds).map(({ typeDecorator }) => typeDecorator);
  }

  /** An explicit server comes first, then `include`, then the fallback if its `include` does not restrict it. */
  private serversOf(provider: InstanceWrapper, type: Type): readonly string[] {
    const named = this.namings(provider, type).map(({ server }) => server);
    if (named.length > 0) return named;
    const including = this.including(provider);
    if (including.length > 0) return including;
    const { fallback, servers } = this.directory;
    return servers
      .filter(({ name, settings }) => name === fallback && settings.include === undefined)
      .map(({ name }) => name);
  }

  private including(provider: InstanceWrapper): string[] {
    return this.directory.servers
      .filter(({ settings }) => settings.include?.some((type) => isOf(provider, type)))
      .map(({ name }) => name);
  }

  private namings(provider: InstanceWrapper, type: Type): Naming[] {
    return this.listsOf(provider, type).flatMap(({ servers, by }) =>
      namesOf(servers).map((server) => ({ server, by })),
    );
  }

  /** An empty list of servers is a mistake: it must not put the class on the default server. */
  private emptyListsOf(provider: InstanceWrapper, type: Type): string[] {
    return this.listsOf(provider, type)
      .filter(({ servers }) => servers !== undefined && namesOf(servers).length === 0)
      .map(({ by }) => by);
  }

  private listsOf({ token }: InstanceWrapper, type: Type): ServerList[] {
    const { listings, fallback } = this.directory;
    const servers = Reflect.getMetadata(MCP_SERVERS, type) as readonly string[] | undefined;
    const listed = listings
      .filter(({ lists }) =>
        Object.values(lists)
          .flat()
          .some((one) => one === type || one === token),
      )
      .map(({ server = fallback }) => ({ servers: server, by: FEATURE }));
    const [decorator = ''] = this.decoratorsFor(type);
    return [{ servers, by: `@${decorator}()` }, ...listed];
  }

  private problemsOf(provider: InstanceWrapper, type: Type): string[] {
    const emptied = this.emptyListsOf(provider, type);
    if (emptied.length > 0) return emptied.map((by) => NO_SERVER_LISTED(type.name, by));
    const { names, fallback } = this.directory;
    const namings = this.namings(provider, type);
    if (namings.length === 0 && fallback === undefined && this.including(provider).length === 0)
      return [NO_DEFAULT_SERVER(type.name, this.decoratorsFor(type), names)];
    return namings
      .filter(({ server }) => !names.includes(server))
      .map(({ server, by }) => UNKNOWN_SERVER(type.name, by, server, names));
  }

  /** A class may be provided under another (`overrideProvider()`), and another under it. */
  private listProblems(): string[] {
    const providers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    const provided = new Set<unknown>(providers.flatMap((one) => [one.token, classOf(one)]));
    return this.kinds().flatMap((kind) => {
      const listed = new Set(
        this.directory.listings.flatMap(({ lists }) => lists[kind.list] ?? []),
      );
      return [...listed].flatMap((type) => {
        if (!provided.has(type)) return [LISTED_NOT_PROVIDED(type.name)];
        const isOfKind = isMarked(type, kind) || this.hasMethods(type, kind);
        return isOfKind ? [] : [LISTED_NOT_MARKED(type.name, [kind.typeDecorator])];
      });
    });
  }

  private includeProblems({ name, settings: { include = [] } }: McpServerEntry): string[] {
    const known = new Set<unknown>([...this.modules.values()].map(({ metatype }) => metatype));
    return include
      .filter((type) => !known.has(type))
      .map((type) => UNKNOWN_MODULE(name, type.name));
  }
}

function isMarked(type: Type, { typeKey }: PrimitiveKind): boolean {
  return Reflect.hasMetadata(typeKey, type);
}

function isOf({ host }: InstanceWrapper, module: Type): boolean {
  return host?.metatype === module;
}
