import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { MCP_SERVERS } from '../interfaces/mcp.metadata.js';
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

/** A provider that has, or should have, tools. */
interface Host {
  readonly provider: InstanceWrapper;
  readonly type: Type;
}

/** A server that something names, and what named it. */
interface Naming {
  readonly server: string;
  readonly by: string;
}

/** The servers that something lists for a class; undefined where it lists none. */
interface ServerList {
  readonly servers: ServerNames | undefined;
  readonly by: string;
}

interface Assigned {
  readonly providersOf: (server: McpServerEntry) => InstanceWrapper[];
  readonly problems: readonly string[];
}

const FEATURE = 'McpModule.forFeature()';
const TOOL_TYPE = '@McpToolType()';

/** Decides, once all providers stand, which server has the tools of which. */
@Injectable()
export class ProviderAssignment {
  constructor(
    private readonly directory: ServerDirectory,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly modules: ModulesContainer,
  ) {}

  /** The providers of each server, and what is wrong with where they belong. */
  decide(): Assigned {
    const { servers } = this.directory;
    const hosts = this.hosts();
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

  /** Each once: one object under two tokens is one host, whether `useExisting` or a factory made it so. */
  private hosts(): Host[] {
    const seen = new Set<unknown>();
    return this.discovery.getProviders().flatMap((provider) => {
      const host: unknown = provider.instance ?? provider;
      const type = classOf(provider);
      if (provider.isAlias || seen.has(host) || type === undefined) return [];
      seen.add(host);
      return this.hasTools(type) ? [{ provider, type }] : [];
    });
  }

  private hasTools(type: Type): boolean {
    const [server] = this.directory.servers;
    return (server?.features ?? []).some(
      ({ typeKey, methodKey }) =>
        Reflect.hasMetadata(typeKey, type) ||
        decoratedMethods(this.scanner, type, methodKey).length > 0,
    );
  }

  /** What names a server for the class comes first, then `include`, then the fallback where it is not restricted. */
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

  /** Whoever wants a class on no server leaves it out; taken for no list, it would be on the default one. */
  private emptyListsOf(provider: InstanceWrapper, type: Type): string[] {
    return this.listsOf(provider, type)
      .filter(({ servers }) => servers !== undefined && namesOf(servers).length === 0)
      .map(({ by }) => by);
  }

  private listsOf({ token }: InstanceWrapper, type: Type): ServerList[] {
    const { features, fallback } = this.directory;
    const servers = Reflect.getMetadata(MCP_SERVERS, type) as readonly string[] | undefined;
    const listed = features
      .filter(({ tools }) => tools.some((tool) => tool === type || tool === token))
      .map(({ server = fallback }) => ({ servers: server, by: FEATURE }));
    return [{ servers, by: TOOL_TYPE }, ...listed];
  }

  private problemsOf(provider: InstanceWrapper, type: Type): string[] {
    const emptied = this.emptyListsOf(provider, type);
    if (emptied.length > 0) return emptied.map((by) => NO_SERVER_LISTED(type.name, by));
    const { names, fallback } = this.directory;
    const namings = this.namings(provider, type);
    if (namings.length === 0 && fallback === undefined && this.including(provider).length === 0)
      return [NO_DEFAULT_SERVER(type.name, names)];
    return namings
      .filter(({ server }) => !names.includes(server))
      .map(({ server, by }) => UNKNOWN_SERVER(type.name, by, server, names));
  }

  /** A class may be provided under another (`overrideProvider()`), and another under it. */
  private listProblems(): string[] {
    const providers = this.discovery.getProviders();
    const provided = new Set<unknown>(providers.flatMap((one) => [one.token, classOf(one)]));
    return [...new Set(this.directory.features.flatMap(({ tools }) => tools))].flatMap((type) => {
      if (!provided.has(type)) return [LISTED_NOT_PROVIDED(type.name)];
      return this.hasTools(type) ? [] : [LISTED_NOT_MARKED(type.name)];
    });
  }

  private includeProblems({ name, settings: { include = [] } }: McpServerEntry): string[] {
    const known = new Set<unknown>([...this.modules.values()].map(({ metatype }) => metatype));
    return include
      .filter((type) => !known.has(type))
      .map((type) => UNKNOWN_MODULE(name, type.name));
  }
}

function isOf({ host }: InstanceWrapper, module: Type): boolean {
  return host?.metatype === module;
}
