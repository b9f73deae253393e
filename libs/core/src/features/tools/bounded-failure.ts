import { ERROR_TOO_LARGE } from '../../messages/call.messages.js';
import { McpProtocolException } from '../../protocol/mcp-protocol.exception.js';
import { errorResult } from './call-result.js';
import { wellFormed } from './results/well-formed.js';
import type { ToolEntry } from './tool.entry.js';
import { failureResult } from './tool-failure.js';

/** Of the words of an error that is too large, as many characters as are told. */
const BEGINNING = 1_000;

/**
 * What went wrong, as the JSON of a result that has at most `limit` bytes. What a tool throws may be as large
 * as what it returns; its beginning is what a model can use.
 * @throws McpProtocolException when it was thrown, within the same limit
 */
export function boundedFailure(tool: ToolEntry, thrown: unknown, limit: number): string {
  const tooLarge = (words: string): string =>
    ERROR_TOO_LARGE(tool.name, limit, wellFormed(words.slice(0, BEGINNING)));
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
