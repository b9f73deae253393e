type JsonObject = Record<string, unknown>;

/** Nobody nests schemas deeper; one that refers to itself would never end. */
const DEEPEST = 16;

/**
 * The `Mcp-Param-…` headers that repeat arguments, as the tool's schema asks by `x-mcp-header`
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

/** The text itself where a header can carry it, or else its Base64 (Value Encoding). */
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
