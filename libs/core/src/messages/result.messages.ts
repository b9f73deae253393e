import type { McpPrimitive } from '../interfaces/mcp-primitive.interface.js';

/** Why a result cannot be sent, and why content cannot be made. */
export const NOT_SENT = (
  { kind, name }: Pick<McpPrimitive, 'kind' | 'name'>,
  reason: string,
): string => `The result of ${kind} '${name}' cannot be sent: ${reason}.`;

export const NO_JSON = (what: string): string => `${what} has no JSON`;

export const CIRCULAR = 'an object that refers back to itself';
export const STREAM_WITHIN = 'a stream or file within another value';

export const NOT_BASE64 = (helper: string): string =>
  `${helper}() takes bytes, or their base64 (no data: URL, no base64url)`;

export const NOT_A_MIME_TYPE = (helper: string, expected: string, given: unknown): string =>
  `${helper}() takes a MIME type such as '${expected}', not ${JSON.stringify(given)}`;

export const NOT_A_URI = (helper: string, given: unknown): string =>
  `${helper}() takes an absolute URI such as 'file:///report.pdf', not ${JSON.stringify(given)}`;

export const NOT_A_STRING = (helper: string, what: string, given: unknown): string =>
  `${helper}() takes a string as ${what}, not a value of type ${typeof given}`;
