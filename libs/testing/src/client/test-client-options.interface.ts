/**
 * Transports that a test client can speak: `'2026-07-28'`, which has no sessions; `'streamable-http'` and
 * `'sse'`, which have.
 */
export type TestTransport = '2026-07-28' | 'streamable-http' | 'sse';

export interface McpTestClientOptions {
  /** Default: the newest that the server has. */
  transport?: TestTransport;
  /** Headers of every request, for example `{ authorization: 'Bearer …' }`. */
  headers?: Record<string, string>;
  /**
   * Who the client is: what `TestUserGuard`, or a guard of `withTestUsers()`, puts on the request as `user`.
   * Default: nobody.
   */
  user?: object;
  /** The server to connect to, where the application has several. Default: the default one. */
  server?: string;
  /** Values of the parameters of its path: `{ id: 'blue' }` for `tenants/:id/mcp`. */
  params?: Record<string, string>;
}
