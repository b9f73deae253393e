import { ERROR_TOO_LARGE } from '../../../messages/call.messages.js';
import { McpProtocolException } from '../../../protocol/mcp-protocol.exception.js';
import { errorResult } from './call-result.js';
import { wellFormed } from '../../../serialization/well-formed.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { failureResult } from './tool-failure.js';

/** How many characters of an error that is too large the model gets. */
const BEGINNING = 1_000;

/**
 * The error result, as JSON of at most `limit` bytes. An error may be as large as a result; the model can use its
 * beginning.
 * @throws McpProtocolException when it was thrown, within the same limit
 */
export function boundedFailure(tool: ToolEntry, thrown: unknown, limit: number): string {
  const tooLarge = (words: string): string =>
    ERROR_TOO_LARGE(tool, limit, wellFormed(words.slice(0, BEGINNING)));
  try {
    const result = failureResult(tool, thrown);
    const json = JSON.stringify(result);
    if (Buffer.byteLength(json) <= limit) return json;
    const [block] = result.content;
    return JSON.stringify(errorResult(tooLarge(block?.type === 'text' ? block.text : '')));
  } catch (error) {
    if (!(error instanceof McpProtocolException)) throw error;
    const { code, message, data } = error;
    if (Buffer.byteLength(JSON.stringify([message, data])) <= limit) throw error;
    throw new McpProtocolException(code, tooLarge(message));
  }
}
