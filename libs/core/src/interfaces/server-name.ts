/** The server that `McpModule.forRoot()` makes if you do not set `server`. */
export const DEFAULT_SERVER = 'default';

/** One server's name, or several. */
export type ServerNames = string | readonly string[];

export function namesOf(server: ServerNames | undefined): readonly string[] {
  if (server === undefined) return [];
  return Array.isArray(server) ? (server as readonly string[]) : [String(server)];
}
