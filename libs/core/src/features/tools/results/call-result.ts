import { FilterAnswer } from '../../../execution/invocation/filter-answer.js';
import type { JsonObject } from '../../../interfaces/json.js';
import type { ToolResult } from '../../../protocol/codecs/revision-codec.js';
import type { CallToolResult, ContentBlock } from '../../../protocol/sdk.js';
import { bodyText } from '../../../serialization/body-text.js';
import { type Content, isCallResult, isContentList } from '../../../serialization/content-block.js';
import type { ResultBudget } from '../../../serialization/budget.js';
import { FileContent } from '../../../serialization/file-content.js';
import { toPlain } from '../../../serialization/plain.js';
import { soundBlock, soundMembers } from '../../../serialization/sound-block.js';

const CLIENT_ERROR = 400;

/**
 * Converts what a tool returned to the result of `tools/call`. Nothing becomes an empty content, null the text `null`, and a string
 * one text block. Content blocks, files and strings among them become one block each. A `CallToolResult` is used as it
 * is. Any other value becomes one text block with its JSON.
 * @throws McpException when the value is too large, has no JSON, or is malformed content.
 */
export function toCallResult(returned: unknown, budget: ResultBudget): ToolResult {
  if (returned === undefined) return { content: [] };
  if (returned instanceof FilterAnswer) return answeredResult(returned, budget);
  if (isCallResult(returned)) return ownResult(returned, budget);
  const items: readonly unknown[] = Array.isArray(returned) ? returned : [returned];
  if (isContentList(items)) return { content: blocksOf(items, budget) };
  const plain = toPlain(returned, budget);
  return textResult(typeof plain === 'string' ? plain : jsonOf(plain, budget));
}

/**
 * If a filter answers with an error status, the result is an error. With any other status, it is the tool's result.
 */
function answeredResult({ status, body }: FilterAnswer, budget: ResultBudget): ToolResult {
  return status >= CLIENT_ERROR ? errorResult(bodyText(body)) : toCallResult(body, budget);
}

function ownResult({ content, ...members }: CallToolResult, budget: ResultBudget): ToolResult {
  const beside = soundMembers(toPlain(members, budget) as JsonObject, budget);
  return { content: blocksOf(content, budget), ...beside };
}

export function textResult(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] };
}

export function errorResult(text: string): CallToolResult {
  return { ...textResult(text), isError: true };
}

function blocksOf(items: readonly Content[], budget: ResultBudget): ContentBlock[] {
  return items.map((item, index) => {
    if (item instanceof FileContent) return item.toBlock(budget);
    const plain = toPlain(item, budget);
    return typeof plain === 'string'
      ? { type: 'text', text: plain }
      : soundBlock(plain, index, budget);
  });
}

function jsonOf(plain: unknown, budget: ResultBudget): string {
  const json: string | undefined = JSON.stringify(plain);
  if (json === undefined) throw budget.unsendable(`a value of type ${typeof plain}`);
  return json;
}
