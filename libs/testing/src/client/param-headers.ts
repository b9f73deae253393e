type JsonObject = Record<string, unknown>;

/** The depth at which the search ends. A schema object that contains itself would never end. */
const DEEPEST = 16;

/**
 * Returns the `Mcp-Param-…` headers that repeat arguments, according to `x-mcp-header` in the tool's schema
 * (2026-07-28 Streamable HTTP, Custom Headers from Tool Parameters).
 */
export function paramHeaders(
  schema: unknown,
  args: unknown,
  depth: number = DEEPEST,
): Record<string, string> {
  if (!isObject(schema) || !isObject(args) || depth === 0) return {};
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const headers: Record<string, string> = {};
  for (const [name, property] of properties) {
    const value = args[name];
    const header = isObject(property) ? property['x-mcp-header'] : undefined;
    if (typeof header === 'string' && isScalar(value))
      headers[`Mcp-Param-${header}`] = headerValue(String(value));
    Object.assign(headers, paramHeaders(property, value, depth - 1));
  }
  return headers;
}

/** Returns a text unchanged if it is valid in a header, otherwise in Base64 (Value Encoding). */
export function headerValue(text: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(text) && text.trim() === text && !text.startsWith('=?');
  return isPlain ? text : `=?base64?${Buffer.from(text).toString('base64')}?=`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
