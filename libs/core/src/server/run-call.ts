import { logFailure } from '../execution/results/failure-reference.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import {
  INTERNAL_ERROR,
  PARAMS_NOT_AN_OBJECT,
  PROGRESS_TOKEN_TOO_LONG,
  TOO_MUCH_WAITS,
  UNKNOWN_METHOD,
} from '../messages/call.messages.js';
import { errorMessage, isLongId, resultMessage } from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import { requestMetaOf } from '../protocol/stateless/is-stateless-request.js';
import type { RunningCall } from '../session/running-call.js';
import { runGuarded } from '../runtime/guarded.js';

/** Answers the requests of one method. `owner` is what the request belongs to: its session, if there is one. */
export type Handler<Owner> = (call: McpCall, owner: Owner) => unknown;

export type Handlers<Owner> = ReadonlyMap<string, Handler<Owner>>;

const NOT_ANSWERED = new Error('The call could not be answered');

/** Runs a handler, and answers its call with what the handler returns or throws. Never rejects. */
export async function runCall(call: RunningCall, handle: () => unknown): Promise<void> {
  try {
    if (!call.isActive) return;
    const message = resultMessage(call.id, await handle());
    if (!call.hasCapacityFor(message))
      throw new McpProtocolException(JsonRpcErrorCode.InternalError, TOO_MUCH_WAITS);
    call.answer(message);
  } catch (thrown) {
    if (call.isActive) runGuarded(() => fail(call, thrown));
    // Sending the error failed, too: abandon the call.
    call.abort(NOT_ANSWERED);
  }
}

/**
 * Finds the handler of a call's method.
 * @throws McpProtocolException -32601 for an unknown method; -32602 for params that are not an object, and for a
 * progress token that is too long to be sent with every message.
 */
export function handlerOf<Owner>(handlers: Handlers<Owner>, call: RunningCall): Handler<Owner> {
  const handler = handlers.get(call.method);
  if (handler === undefined)
    throw new McpProtocolException(JsonRpcErrorCode.MethodNotFound, UNKNOWN_METHOD);
  if (!call.hasValidParams)
    throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, PARAMS_NOT_AN_OBJECT);
  if (isLongId(requestMetaOf(call.params).progressToken))
    throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, PROGRESS_TOKEN_TOO_LONG);
  return handler;
}

function fail(call: RunningCall, thrown: unknown): void {
  const error = protocolError(call, thrown) ?? internalError(call, thrown);
  call.answer(error.message, error.code);
}

interface ErrorAnswer {
  readonly code: number;
  readonly message: string;
}

/** Undefined for any other error, and for an exception whose data cannot be written as JSON. */
function protocolError({ id }: RunningCall, thrown: unknown): ErrorAnswer | undefined {
  try {
    if (!(thrown instanceof McpProtocolException)) return undefined;
    const { code, message, data } = thrown;
    return { code, message: errorMessage(id, code, message, data) };
  } catch {
    return undefined;
  }
}

function internalError({ id, method }: RunningCall, thrown: unknown): ErrorAnswer {
  const code = JsonRpcErrorCode.InternalError;
  return { code, message: errorMessage(id, code, INTERNAL_ERROR(logFailure(method, thrown))) };
}
