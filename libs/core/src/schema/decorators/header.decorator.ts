import 'reflect-metadata';
import { MCP_HEADER } from '../../interfaces/mcp.metadata.js';

/**
 * Has clients of revision 2026-07-28 repeat a property of a tool's arguments class as the HTTP header
 * `Mcp-Param-<name>`, which proxies can route by without reading the body (2026-07-28 tools, x-mcp-header).
 * Such a property is a string, a whole number or a boolean, and never null: `@IsOptional()` lets it be left
 * out and nothing else. `header` of `@Param()` is the same for a single argument. Not for secrets.
 */
export function McpHeader(name: string): PropertyDecorator {
  return Reflect.metadata(MCP_HEADER, name);
}

/** The name that {@link McpHeader} put on a member of a prototype. */
export function paramHeaderOf(prototype: object, property: string): string | undefined {
  const name: unknown = Reflect.getMetadata(MCP_HEADER, prototype, property);
  return typeof name === 'string' ? name : undefined;
}
