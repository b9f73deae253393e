import { FilterAnswer } from '../../../execution/invocation/filter-answer.js';
import { NO_STRUCTURED_CONTENT } from '../../../messages/log.messages.js';
import type { ToolResult } from '../../../protocol/codecs/revision-codec.js';
import type { SchemaSource, Verdict } from '../../../schema/schema-source.js';
import { toCallResult } from './call-result.js';
import { isCallResult } from '../../../serialization/content-block.js';
import { NonConformingResultError } from './output-error.js';
import type { ResultBudget } from '../../../serialization/budget.js';
import { toPlain } from '../../../serialization/plain.js';

const CLIENT_ERROR = 400;

/**
 * The result of a tool with an `output`: the validated value, and its text beside it. Error results are not
 * validated.
 * @throws NonConformingResultError when the value does not conform to the output.
 */
export async function outputResult(
  output: SchemaSource,
  returned: unknown,
  budget: ResultBudget,
): Promise<ToolResult> {
  if (returned instanceof FilterAnswer)
    return returned.status >= CLIENT_ERROR
      ? toCallResult(returned, budget)
      : outputResult(output, returned.body, budget);
  const result = ownResult(returned, budget);
  if (result !== undefined) return checkedResult(output, result);
  const given = output.encode ? valueOf(output.encode(returned)) : returned;
  const value = await conforming(output, toPlain(given ?? null, budget));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { content: [{ type: 'text', text }], structuredContent: value };
}

/** A result that the tool made itself. */
function ownResult(returned: unknown, budget: ResultBudget): ToolResult | undefined {
  return isCallResult(returned) ? toCallResult(returned, budget) : undefined;
}

async function checkedResult(output: SchemaSource, result: ToolResult): Promise<ToolResult> {
  if (result.structuredContent !== undefined)
    return { ...result, structuredContent: await conforming(output, result.structuredContent) };
  if (result.isError === true) return result;
  throw new NonConformingResultError([NO_STRUCTURED_CONTENT]);
}

async function conforming(output: SchemaSource, value: unknown): Promise<unknown> {
  return valueOf(await output.validate(value));
}

function valueOf(verdict: Verdict): unknown {
  if ('findings' in verdict) throw new NonConformingResultError(verdict.findings);
  return verdict.value;
}
