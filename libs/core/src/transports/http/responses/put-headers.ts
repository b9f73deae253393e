import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import { HEADER_LEFT_OUT } from '../../../messages/log.messages.js';
import { McpLogger } from '../../../runtime/mcp-logger.js';

const logger = new McpLogger();

/**
 * Sets the headers and the reason phrase of a response that is about to be sent. Fastify stores headers
 * without checking them. A header that HTTP cannot carry is left out and logged (MCP141), because the answer
 * matters more. The reason phrase becomes that of the status, because the application may have set one for
 * another status.
 */
export function putHeaders(
  raw: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
): void {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) put(raw, name, value);
  // HTTP/2 does not have a reason phrase, and Node warns when `statusMessage` is read.
  if (Object.hasOwn(raw, 'statusMessage')) raw.statusMessage = STATUS_CODES[status] ?? '';
}

function put(raw: ServerResponse, name: string, value: number | string | readonly string[]): void {
  try {
    raw.setHeader(name, value);
  } catch {
    logger.error(HEADER_LEFT_OUT(name));
  }
}
