import { Injectable, type Type } from '@nestjs/common';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { DEFAULT_SERVER, type ServerNames } from '../interfaces/server-name.js';

/** One server, as the application knows it. */
export interface McpServerEntry {
  /** Its name in the application. */
  readonly name: string;
  readonly settings: McpSettings;
  /** What is wrong with its options. In its settings, defaults replace the wrong values. */
  readonly problems: readonly string[];
  readonly features: readonly McpFeature[];
  /** Binds the decorated methods of providers; returns what is wrong with them. */
  bind(providers: readonly InstanceWrapper[]): readonly string[];
  /** The same after the start, for providers of a module that was loaded later. Clients are notified. */
  add(providers: readonly InstanceWrapper[]): readonly string[];
  /** Full paths of its endpoints, as they are routed. */
  paths(): readonly string[];
  /** Whether a POST is a call of this server that runs the guards of a decorated method. */
  isGuardedCall(exchange: HttpExchange): boolean | Promise<boolean>;
  /** Global enhancers are final from now on, and can be bound. */
  settle(): void;
  /** Waits for running calls, and ends every stream. */
  drain(): Promise<void>;
  /** Ends the calls that {@link drain} still waits for. */
  cutCalls(): void;
}

/** The classes that one `McpModule.forFeature()` assigns. */
export interface ListedClasses {
  /** By the list of their kind: `tools`. */
  readonly lists: Readonly<Record<string, readonly Type[]>>;
  /** Undefined for the default server. */
  readonly server?: ServerNames;
}

/** The servers of one application. Work that concerns all of them is done once, through this list. */
@Injectable()
export class ServerDirectory {
  private readonly joined: McpServerEntry[] = [];
  private readonly listed: ListedClasses[] = [];
  private readonly misused: string[] = [];

  join(server: McpServerEntry): void {
    this.joined.push(server);
  }

  /** Adds what `McpModule.forFeature()` lists. */
  list(feature: ListedClasses, problems: readonly string[]): void {
    this.listed.push(feature);
    this.misused.push(...problems);
  }

  /** Sorted by name, so that reports do not depend on the order in which factories resolve. */
  get servers(): readonly McpServerEntry[] {
    return this.joined.toSorted((first, second) => (first.name < second.name ? -1 : 1));
  }

  get names(): readonly string[] {
    return [...new Set(this.servers.map(({ name }) => name))];
  }

  /** What is wrong with the options of servers and of `forFeature()`. */
  get problems(): readonly string[] {
    return [...this.servers.flatMap(({ problems }) => problems), ...this.misused];
  }

  /** The classes of every `McpModule.forFeature()`. */
  get listings(): readonly ListedClasses[] {
    return this.listed;
  }

  /** The server of a class that does not name one: the default one, or the only one. */
  get fallback(): string | undefined {
    const { names } = this;
    if (names.includes(DEFAULT_SERVER)) return DEFAULT_SERVER;
    return names.length === 1 ? names[0] : undefined;
  }
}
