import 'reflect-metadata';
import { MCP_HEADER } from '../../interfaces/mcp.metadata.js';

/**
 * Asks clients of revision 2026-07-28 to repeat a property of the arguments in the HTTP header
 * `Mcp-Param-<name>`. Proxies can route by it without reading the body (2026-07-28 tools, x-mcp-header).
 * The property must be a string, a whole number or a boolean, and must not be null: with `@IsOptional()` it may
 * only be left out. For a single argument, use the option `header` of `@Param()`. Do not use it for secrets:
 * proxies may log headers.
 */
export function McpHeader(name: string): PropertyDecorator {
  return Reflect.metadata(MCP_HEADER, name);
}

/** The name of {@link McpHeader} on a member of a prototype; undefined without one. */
export function paramHeaderOf(prototype: object, property: string): string | undefined {
  const name: unknown = Reflect.getMetadata(MCP_HEADER, prototype, property);
  return typeof name === 'string' ? name : undefined;
}
