import { HttpException } from '@nestjs/common';
import { logFailure } from '../../../execution/results/failure-reference.js';
import { INVALID_ARGUMENTS, INVOCATION_FAILED } from '../../../messages/call.messages.js';
import { RESULT_NOT_SENT } from '../../../messages/log.messages.js';
import { McpProtocolException } from '../../../protocol/mcp-protocol.exception.js';
import type { CallToolResult } from '../../../protocol/sdk.js';
import { McpLogger } from '../../../runtime/mcp-logger.js';
import { InvalidArgumentsError } from '../../../schema/findings/invalid-arguments.error.js';
import { bodyText } from '../../../serialization/body-text.js';
import { errorResult } from './call-result.js';
import { UnsendableResultError } from '../../../serialization/unsendable-result.error.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { CallTimeoutError } from '../../../primitives/calls/call-timeout.error.js';

const SERVER_ERROR = 500;
const logger = new McpLogger();

/**
 * What went wrong after a tool was found, as a result that the model can act on. Invalid arguments, timeouts,
 * {@link McpException} and HTTP exceptions below 500 are explained. Other errors are masked, and logged under the
 * reference in the result.
 * @throws McpProtocolException when the tool threw it: it becomes a JSON-RPC error.
 */
export function failureResult(tool: ToolEntry, thrown: unknown): CallToolResult {
  if (isProtocolException(thrown)) throw thrown;
  return (
    explained(tool, thrown) ?? errorResult(INVOCATION_FAILED(tool, logFailure(tool.where, thrown)))
  );
}

/** Undefined for errors that the model must not see, and for messages that cannot be read. */
function explained(tool: ToolEntry, thrown: unknown): CallToolResult | undefined {
  try {
    if (thrown instanceof InvalidArgumentsError)
      return errorResult(INVALID_ARGUMENTS(tool, thrown.findings));
    if (thrown instanceof CallTimeoutError) return errorResult(thrown.message);
    if (thrown instanceof UnsendableResultError)
      logger.error(RESULT_NOT_SENT(tool.where, thrown.reason));
    if (thrown instanceof HttpException && thrown.getStatus() < SERVER_ERROR)
      return errorResult(bodyText(thrown.getResponse()));
    return undefined;
  } catch {
    return undefined;
  }
}

/** Anything can be thrown: a proxy may throw when it is asked for its prototype. */
function isProtocolException(thrown: unknown): thrown is McpProtocolException {
  try {
    return thrown instanceof McpProtocolException;
  } catch {
    return false;
  }
}
