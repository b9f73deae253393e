import { FilterAnswer } from '../../execution/filter-answer.js';
import type { CallToolResult, ContentBlock } from '../../protocol/sdk.js';
import { bodyText } from './body-text.js';
import { isCallResult, isContentBlock } from './content-block.js';
import type { ResultBudget } from './results/budget.js';
import { FileContent } from './results/file-content.js';
import { toPlain } from './results/plain.js';

const CLIENT_ERROR = 400;

/**
 * What a tool returned, as the result of `tools/call`: nothing gives no content, a string one text block,
 * content blocks and files a block each, a `CallToolResult` itself, and anything else its JSON in one text
 * block.
 * @throws McpException when the value is too large, or has no JSON.
 */
export function toCallResult(returned: unknown, budget: ResultBudget): CallToolResult {
  if (returned === undefined || returned === null) return { content: [] };
  if (returned instanceof FilterAnswer) return answeredResult(returned, budget);
  if (isCallResult(returned)) return toPlain(returned, budget) as CallToolResult;
  const items: readonly unknown[] = Array.isArray(returned) ? returned : [returned];
  if (items.length > 0 && items.every(isContent))
    return { content: items.map((item) => blockOf(item, budget)) };
  const plain = toPlain(returned, budget);
  return textResult(typeof plain === 'string' ? plain : jsonOf(plain, budget));
}

/** What a filter sends with an error status is an error here too; with any other it is the tool's result. */
function answeredResult({ status, body }: FilterAnswer, budget: ResultBudget): CallToolResult {
  return status >= CLIENT_ERROR ? errorResult(bodyText(body)) : toCallResult(body, budget);
}

export function textResult(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] };
}

export function errorResult(text: string): CallToolResult {
  return { ...textResult(text), isError: true };
}

function isContent(value: unknown): value is ContentBlock | FileContent {
  return value instanceof FileContent || isContentBlock(value);
}

function blockOf(content: ContentBlock | FileContent, budget: ResultBudget): ContentBlock {
  return content instanceof FileContent
    ? content.toBlock(budget)
    : (toPlain(content, budget) as ContentBlock);
}

function jsonOf(plain: unknown, budget: ResultBudget): string {
  const json: string | undefined = JSON.stringify(plain);
  if (json === undefined) throw budget.unsendable(`a value of type ${typeof plain}`);
  return json;
}
