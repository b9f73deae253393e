import { HttpException } from '@nestjs/common';
import { logFailure } from '../../execution/results/failure-reference.js';
import { INVALID_ARGUMENTS, TOOL_FAILED } from '../../messages/call.messages.js';
import { RESULT_NOT_SENT } from '../../messages/log.messages.js';
import { McpProtocolException } from '../../protocol/mcp-protocol.exception.js';
import type { CallToolResult } from '../../protocol/sdk.js';
import { McpLogger } from '../../runtime/mcp-logger.js';
import { InvalidArgumentsError } from '../../schema/findings/invalid-arguments.error.js';
import { bodyText } from './body-text.js';
import { errorResult } from './call-result.js';
import { UnsendableResultError } from './results/unsendable-result.error.js';
import type { ToolEntry } from './tool.entry.js';
import { ToolTimeoutError } from './tool-timeout.error.js';

const SERVER_ERROR = 500;
const logger = new McpLogger();

/**
 * What went wrong once a tool was found, as a result that the model can act on. Arguments, time,
 * {@link McpException} and HTTP exceptions below 500 speak for themselves; anything else is masked, and
 * logged under the reference that the result names.
 * @throws McpProtocolException when it was thrown: that is for the protocol.
 */
export function failureResult(tool: ToolEntry, thrown: unknown): CallToolResult {
  if (isProtocolException(thrown)) throw thrown;
  return told(tool, thrown) ?? errorResult(TOOL_FAILED(tool.name, logFailure(tool.where, thrown)));
}

/** Undefined for what has nothing to say to a model, or no words that could be sent. */
function told({ name, where }: ToolEntry, thrown: unknown): CallToolResult | undefined {
  try {
    if (thrown instanceof InvalidArgumentsError)
      return errorResult(INVALID_ARGUMENTS(name, thrown.findings));
    if (thrown instanceof ToolTimeoutError) return errorResult(thrown.message);
    if (thrown instanceof UnsendableResultError)
      logger.error(RESULT_NOT_SENT(where, thrown.reason));
    if (thrown instanceof HttpException && thrown.getStatus() < SERVER_ERROR)
      return errorResult(bodyText(thrown.getResponse()));
    return undefined;
  } catch {
    return undefined;
  }
}

/** Whatever can be thrown: a proxy may refuse to say what it is. */
function isProtocolException(thrown: unknown): thrown is McpProtocolException {
  try {
    return thrown instanceof McpProtocolException;
  } catch {
    return false;
  }
}
