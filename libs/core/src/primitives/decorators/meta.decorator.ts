import 'reflect-metadata';
import type { JsonObject } from '../../interfaces/json.js';
import { MCP_META } from '../../interfaces/mcp.metadata.js';
import { META_BELONGS_ON_METHOD } from '../../messages/unserved.messages.js';

/**
 * Adds a value to the `_meta` of the tool or other primitive that the method is, for clients. The option `meta` of its
 * decorator takes precedence. Sent from
 * revision 2025-06-18 on.
 * @param key with a prefix of your own: `com.example/team` (2025-11-25 base protocol, `_meta`).
 * @param value any value that JSON can represent.
 * @throws TypeError on anything other than a method.
 */
export function McpMeta(key: string, value: unknown): MethodDecorator {
  return (target, name, descriptor: { readonly value?: unknown } | undefined) => {
    const method = descriptor?.value;
    if (typeof method !== 'function')
      throw new TypeError(META_BELONGS_ON_METHOD(nameOf(target), String(name)));
    Reflect.defineMetadata(MCP_META, { ...metaOf(method), [key]: value }, method);
  };
}

function nameOf(target: object): string {
  return typeof target === 'function' ? target.name : target.constructor.name;
}

/** The values of `@McpMeta()`; undefined if the method has none. */
export function metaOf(method: object): JsonObject | undefined {
  return Reflect.getMetadata(MCP_META, method) as JsonObject | undefined;
}
