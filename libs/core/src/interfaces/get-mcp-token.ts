import type { InjectionToken, Type } from '@nestjs/common';
import { DEFAULT_SERVER } from './server-name.js';

/**
 * The token that injects what a server exports ({@link McpEndpoints}, …), like `getDataSourceToken()` of
 * `@nestjs/typeorm`: the class itself for the default server, a string for any other server.
 */
export function getMcpToken<Exported>(
  type: Type<Exported>,
  server: string = DEFAULT_SERVER,
): InjectionToken<Exported> {
  return server === DEFAULT_SERVER ? type : `nestmcp:${type.name}:${server}`;
}

/**
 * The token by which the providers of a server inject what the server exports. They must not inject the class: in a
 * named server, the class is that of the default server.
 */
export function ownToken(type: Type): symbol {
  return Symbol.for(`nestmcp:own:${type.name}`);
}
