import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import { HEADER_LEFT_OUT } from '../../../messages/log.messages.js';
import { McpLogger } from '../../../runtime/mcp-logger.js';

const logger = new McpLogger();

/**
 * Sets headers of a response that is about to be sent. Fastify keeps whatever it is given until then: one that
 * HTTP cannot carry is left out, and logged (MCP141), since the answer matters more. So is a reason phrase of
 * the application, which is not that of this status.
 */
export function putHeaders(
  raw: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
): void {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) put(raw, name, value);
  // Not on HTTP/2, which has no reason phrase, and warns where one is looked at.
  if (Object.hasOwn(raw, 'statusMessage')) raw.statusMessage = STATUS_CODES[status] ?? '';
}

function put(raw: ServerResponse, name: string, value: number | string | readonly string[]): void {
  try {
    raw.setHeader(name, value);
  } catch {
    logger.error(HEADER_LEFT_OUT(name));
  }
}
