import { Injectable } from '@nestjs/common';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpFeatureOptions } from '../interfaces/options/mcp-module-options.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { DEFAULT_SERVER } from '../interfaces/server-name.js';

/** One server, as far as the application has to know of it. */
export interface McpServerEntry {
  /** Its name in the application. */
  readonly name: string;
  readonly settings: McpSettings;
  /** What is wrong with its options; defaults stand for them in its settings. */
  readonly problems: readonly string[];
  readonly features: readonly McpFeature[];
  /** Binds the tools of providers; gives what is wrong with them. */
  bind(providers: readonly InstanceWrapper[]): readonly string[];
  /** Full paths of its endpoints, as they are routed. */
  paths(): readonly string[];
  /** Tells of a POST whether it is a call that gets to a tool of this server. */
  reachesTool(exchange: HttpExchange): boolean | Promise<boolean>;
  /** Global enhancers are final from now on, and can be bound. */
  settle(): void;
  /** Lets running calls end, and ends every stream. */
  drain(): Promise<void>;
  /** Cuts the calls that {@link drain} waits for now. */
  cutCalls(): void;
}

/** The servers of one application: whatever concerns all of them is done through this list, once. */
@Injectable()
export class ServerDirectory {
  private readonly joined: McpServerEntry[] = [];
  private readonly listed: McpFeatureOptions[] = [];
  private readonly misused: string[] = [];

  join(server: McpServerEntry): void {
    this.joined.push(server);
  }

  /** What `McpModule.forFeature()` lists. */
  list(feature: McpFeatureOptions, problems: readonly string[]): void {
    this.listed.push(feature);
    this.misused.push(...problems);
  }

  /** By name, so that no report depends on the order in which factories resolve. */
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

  get features(): readonly McpFeatureOptions[] {
    return this.listed;
  }

  /** The server of what names none: the default one, or the only one. */
  get fallback(): string | undefined {
    const { names } = this;
    if (names.includes(DEFAULT_SERVER)) return DEFAULT_SERVER;
    return names.length === 1 ? names[0] : undefined;
  }
}
