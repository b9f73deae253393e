import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../interfaces/json.js';
import {
  HEADER_DIFFERS,
  HEADER_MALFORMED,
  HEADER_MISSING,
} from '../../messages/stateless.messages.js';
import { decodedHeader, headerOf } from './header-value.js';
import { headerRefusal, type StatelessRefusal } from './stateless-refusal.js';

export const PROTOCOL_VERSION_HEADER = 'MCP-Protocol-Version';
const METHOD_HEADER = 'Mcp-Method';
const NAME_HEADER = 'Mcp-Name';

/**
 * The parameter that `Mcp-Name` repeats, by method (Streamable HTTP, Standard Request Headers; for tasks, SEP-2663). For
 * other methods, the header has no meaning and is ignored.
 */
const NAMED_BY: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/** Returns the refusal for the first standard header that is missing or differs from the body; undefined if all match. */
export function standardHeaderMismatch(
  method: string,
  params: JsonObject,
  protocolVersion: string,
  headers: IncomingHttpHeaders,
): StatelessRefusal | undefined {
  return (
    literalMismatch(PROTOCOL_VERSION_HEADER, protocolVersion, headers) ??
    literalMismatch(METHOD_HEADER, method, headers) ??
    nameMismatch(method, params, headers)
  );
}

/** Checks a header that is never encoded. */
function literalMismatch(
  name: string,
  expected: string,
  headers: IncomingHttpHeaders,
): StatelessRefusal | undefined {
  const value = headerOf(headers, name);
  if (value === undefined) return headerRefusal(HEADER_MISSING(name));
  return value === expected ? undefined : headerRefusal(HEADER_DIFFERS(name));
}

function nameMismatch(
  method: string,
  params: JsonObject,
  headers: IncomingHttpHeaders,
): StatelessRefusal | undefined {
  const source = NAMED_BY.get(method);
  if (source === undefined) return undefined;
  const value = headerOf(headers, NAME_HEADER);
  const expected = params[source];
  if (value === undefined) {
    // Without a name in the body there is nothing to repeat. The method reports that the name is missing.
    return typeof expected === 'string' ? headerRefusal(HEADER_MISSING(NAME_HEADER)) : undefined;
  }
  const decoded = decodedHeader(value);
  if (decoded === undefined) return headerRefusal(HEADER_MALFORMED(NAME_HEADER));
  return decoded === expected ? undefined : headerRefusal(HEADER_DIFFERS(NAME_HEADER));
}
