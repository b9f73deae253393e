import type { InjectionToken, Type } from '@nestjs/common';
import { DEFAULT_SERVER } from './server-name.js';

/**
 * The token that injects what a server exports ({@link McpEndpoints}, …), as `getDataSourceToken()` of
 * `@nestjs/typeorm`: the class itself for the default server, a name for any other.
 */
export function getMcpToken<Exported>(
  type: Type<Exported>,
  server: string = DEFAULT_SERVER,
): InjectionToken<Exported> {
  return server === DEFAULT_SERVER ? type : `nestmcp:${type.name}:${server}`;
}

/**
 * The token by which the parts of a server have what it exports. They must not use the class: where the
 * server is a named one, that is the default server's.
 */
export function ownToken(type: Type): symbol {
  return Symbol.for(`nestmcp:own:${type.name}`);
}
