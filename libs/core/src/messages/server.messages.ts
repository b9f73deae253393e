/** What can be wrong between the servers of one application. Codes as in `boot.messages.ts`. */
const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `'${name}'`).join(', ');

export const DUPLICATE_SERVER = (server: string, first: string, second: string): string =>
  `MCP030 two servers are '${server}': "${first}" and "${second}". Name one of them: McpModule.forRoot({ server: '…' }), beside the factory in forRootAsync().`;

export const OVERLAPPING_PATHS = (first: string, second: string): string =>
  `MCP031 one URL would lead to two endpoints: ${first} and ${second}. Give one of the servers a path of its own: McpModule.forRoot({ path: '…' }), or move its transport.`;

export const UNKNOWN_SERVER = (
  className: string,
  by: string,
  server: string,
  servers: readonly string[],
): string =>
  `MCP032 ${className} is assigned to the server '${server}' by ${by}, and there is no such server. There are: ${list(servers)}.`;

export const NO_DEFAULT_SERVER = (
  className: string,
  typeDecorators: readonly string[],
  servers: readonly string[],
): string =>
  `MCP033 ${className} belongs to no server: it does not name one, and there is no default one. Name one, ${typeDecorators.map((typeDecorator) => `@${typeDecorator}({ server: '…' })`).join(' or ')}; there are: ${list(servers)}.`;

export const NO_SERVER_LISTED = (className: string, by: string): string =>
  `MCP033 ${className} belongs to no server: ${by} assigns it to an empty list of servers. Name one, or leave the list out to use the default server.`;

export const DIFFERENT_SERVERS = (
  className: string,
  first: readonly string[],
  second: readonly string[],
): string =>
  `MCP033 the decorators of ${className} name different servers: ${list(first)} and ${list(second)}. Name the same servers in each, or move the methods to two classes.`;

export const LISTED_NOT_PROVIDED = (className: string): string =>
  `MCP034 McpModule.forFeature() lists ${className}, but no module provides it. Put it into the providers of the module that imports McpModule.forFeature().`;

export const LISTED_NOT_MARKED = (className: string, typeDecorators: readonly string[]): string =>
  `MCP035 McpModule.forFeature() lists ${className}, which is not marked. Put ${typeDecorators.map((typeDecorator) => `@${typeDecorator}()`).join(' or ')} on it.`;

export const UNKNOWN_MODULE = (server: string, moduleName: string): string =>
  `MCP036 the server '${server}' includes ${moduleName}, which is not a module of the application. Import it, or take it out of McpModule.forRoot({ include }).`;

export const UNMATCHED_PATH = (endpoint: string): string =>
  `MCP037 ${endpoint} cannot be matched by the gates, which support letters, digits and - _ . ~ $ & ' , ; = @ between slashes, and parameters that are a whole segment (:id). Fix the global prefix, or the path of the RouterModule.`;

export const NO_STDIO_SERVER = (server: string | undefined, servers: readonly string[]): string =>
  server === undefined
    ? `MCP039 runStdio() does not know which server to serve: name one, runStdio(AppModule, { server: '…' }). There are: ${list(servers)}.`
    : `MCP039 runStdio() was asked for the server '${server}', and there is no such server. There are: ${list(servers)}.`;

export const NO_SERVER_OF_MODULE = (): string =>
  `MCP038 McpModule is imported without forRoot(), so nothing is served. Import McpModule.forRoot({ name, version }) or forRootAsync() instead, once, in the root module.`;

export const NO_SERVER = (): string =>
  `MCP038 McpModule.forFeature() is imported, but no server is. Import McpModule.forRoot() or forRootAsync() once, in the root module.`;
