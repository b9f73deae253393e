/**
 * The transports of a test client: `'2026-07-28'` without sessions, `'streamable-http'` and `'sse'` with sessions.
 */
export type TestTransport = '2026-07-28' | 'streamable-http' | 'sse';

export interface McpTestClientOptions {
  /** The transport. Default: the newest one that the server supports. */
  transport?: TestTransport;
  /** The headers of every request, for example `{ authorization: 'Bearer …' }`. Default: none. */
  headers?: Record<string, string>;
  /**
   * The user of the client: `TestUserGuard`, or a guard of `withTestUsers()`, puts this object on the request as `user`.
   * Default: no user.
   */
  user?: object;
  /** The name of the server to connect to, if the application has several. Default: the default server. */
  server?: string;
  /** The values of the path parameters: `{ id: 'blue' }` for `tenants/:id/mcp`. Default: none. */
  params?: Record<string, string>;
}
