import { FilterAnswer } from '../../execution/filter-answer.js';
import type { CallToolResult, ContentBlock } from '../../protocol/sdk.js';
import { bodyText } from './body-text.js';
import { isCallResult, isContentBlock } from './content-block.js';

const CLIENT_ERROR = 400;

/**
 * What a tool returned, as the result of `tools/call`: nothing gives no content, a string one text block,
 * content blocks themselves, a `CallToolResult` itself, and anything else its JSON in one text block.
 * @throws TypeError when the value has no JSON.
 */
export function toCallResult(returned: unknown): CallToolResult {
  if (returned === undefined || returned === null) return { content: [] };
  if (typeof returned === 'string') return textResult(returned);
  if (isContentBlock(returned)) return { content: [returned] };
  if (isContentList(returned)) return { content: [...returned] };
  if (isCallResult(returned)) return returned;
  if (returned instanceof FilterAnswer) return answeredResult(returned);
  const json: string | undefined = JSON.stringify(returned);
  if (json === undefined) throw new TypeError(`A value of type ${typeof returned} has no JSON`);
  return textResult(json);
}

/** What a filter sends with an error status is an error here too; with any other it is the tool's result. */
function answeredResult({ status, body }: FilterAnswer): CallToolResult {
  return status >= CLIENT_ERROR ? errorResult(bodyText(body)) : toCallResult(body);
}

export function textResult(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] };
}

export function errorResult(text: string): CallToolResult {
  return { ...textResult(text), isError: true };
}

function isContentList(value: unknown): value is readonly ContentBlock[] {
  return Array.isArray(value) && value.length > 0 && value.every(isContentBlock);
}
