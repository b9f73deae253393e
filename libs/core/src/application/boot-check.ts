import { Injectable } from '@nestjs/common';
import { ProviderAssignment } from '../discovery/provider-assignment.js';
import { type McpServerEntry, ServerDirectory } from '../discovery/server-directory.js';
import { McpBootException } from '../messages/mcp-boot.exception.js';
import {
  DUPLICATE_SERVER,
  NO_SERVER,
  OVERLAPPING_PATHS,
  UNMATCHED_PATH,
} from '../messages/server.messages.js';
import { isMatchable, overlap } from '../addresses/path-pattern.js';

interface Routed {
  readonly server: string;
  readonly path: string;
}

/** Binds the tools of all servers, and checks the servers against each other. It runs once for the application. */
@Injectable()
export class BootCheck {
  private isDone = false;

  constructor(
    private readonly directory: ServerDirectory,
    private readonly assignment: ProviderAssignment,
  ) {}

  /** @throws McpBootException when something is wrong, with all problems in one report */
  check(): void {
    if (this.isDone) return;
    const { servers, listings } = this.directory;
    if (servers.length === 0 && listings.length > 0)
      throw new McpBootException([NO_SERVER(), ...this.directory.problems]);
    // Without HTTP nothing else calls this: an application context does not configure modules.
    for (const server of servers) server.settle();
    const { providersOf, problems } = this.assignment.decide();
    const optionProblems = this.directory.problems;
    // Servers can be compared only if their options are correct.
    const relations = [...pairs(servers).flatMap(duplicate), ...pathProblems(servers), ...problems];
    const all = [
      ...optionProblems,
      ...(optionProblems.length > 0 ? [] : relations),
      ...servers.flatMap((server) => server.bind(providersOf(server))),
    ];
    // A class on several servers has the same problem on each.
    if (all.length > 0) throw new McpBootException([...new Set(all)]);
    this.isDone = true;
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
