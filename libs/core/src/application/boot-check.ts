import { Injectable } from '@nestjs/common';
import type { Module } from '@nestjs/core/injector/module.js';
import { ProviderAssignment } from '../discovery/provider-assignment.js';
import { type McpServerEntry, ServerDirectory } from '../discovery/server-directory.js';
import { McpBootException } from '../messages/mcp-boot.exception.js';
import {
  DUPLICATE_SERVER,
  NO_SERVER,
  NO_SERVER_OF_MODULE,
  OVERLAPPING_PATHS,
  UNMATCHED_PATH,
} from '../messages/server.messages.js';
import { LATE_PROBLEM } from '../messages/unserved.messages.js';
import { isMatchable, overlap } from '../addresses/path-pattern.js';
import { UnservedDecorators } from '../discovery/unserved-decorators.js';
import { McpLogger } from '../runtime/mcp-logger.js';

interface Routed {
  readonly server: string;
  readonly path: string;
}

/** Binds the tools of all servers, and checks the servers against each other. It runs once for the application. */
@Injectable()
export class BootCheck {
  private readonly logger = new McpLogger();
  private isDone = false;

  constructor(
    private readonly directory: ServerDirectory,
    private readonly assignment: ProviderAssignment,
    private readonly unserved: UnservedDecorators,
  ) {}

  /** @throws McpBootException when something is wrong, with all problems in one report */
  check(): void {
    if (this.isDone) return;
    const { servers, listings } = this.directory;
    if (servers.length === 0) {
      const missing = listings.length > 0 ? NO_SERVER() : NO_SERVER_OF_MODULE();
      throw new McpBootException([missing, ...this.directory.problems]);
    }
    // Without HTTP nothing else calls this: an application context does not configure modules.
    for (const server of servers) server.settle();
    const { providersOf, problems } = this.assignment.decide();
    const optionProblems = this.directory.problems;
    // Servers can be compared only if their options are correct.
    const relations = [...pairs(servers).flatMap(duplicate), ...pathProblems(servers), ...problems];
    const { problems: unserved, warnings } = this.unserved.find();
    const all = [
      ...optionProblems,
      ...(optionProblems.length > 0 ? [] : relations),
      ...servers.flatMap((server) => server.bind(providersOf(server))),
      ...unserved,
    ];
    // A class on several servers has the same problem on each.
    if (all.length > 0) throw new McpBootException([...new Set(all)]);
    for (const warning of new Set(warnings)) this.logger.warn(warning);
    this.isDone = true;
  }

  /**
   * Serves what modules have that were loaded after the start. The application is running, so what is wrong with it is
   * logged, and not served. Modules that were loaded before are checked with all others.
   */
  checkLater(modules: Module[]): void {
    if (!this.isDone) return;
    const { providersOf, problems } = this.assignment.decide(modules);
    const { problems: unserved, warnings } = this.unserved.find(modules);
    const bound = this.directory.servers.flatMap((server) => server.add(providersOf(server)));
    for (const problem of new Set([...problems, ...bound, ...unserved]))
      this.logger.error(LATE_PROBLEM(problem));
    for (const warning of new Set(warnings)) this.logger.warn(warning);
  }
}

function duplicate([first, second]: readonly [McpServerEntry, McpServerEntry]): string[] {
  if (first.name !== second.name) return [];
  return [DUPLICATE_SERVER(first.name, first.settings.server.name, second.settings.server.name)];
}

function pathProblems(servers: readonly McpServerEntry[]): string[] {
  const routes = servers.flatMap((server) =>
    server.paths().map((path): Routed => ({ server: server.name, path })),
  );
  return [
    ...routes.filter(({ path }) => !isMatchable(path)).map((route) => UNMATCHED_PATH(named(route))),
    ...pairs(routes)
      .filter(([first, second]) => overlap(first.path, second.path))
      .map(([first, second]) => OVERLAPPING_PATHS(named(first), named(second))),
  ];
}

function named({ server, path }: Routed): string {
  return `${path} of the server '${server}'`;
}

function pairs<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.flatMap((first, at) =>
    items.slice(at + 1).map((second) => [first, second] as const),
  );
}
