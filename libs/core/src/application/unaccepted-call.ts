import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import { isJsonObject } from '../interfaces/json.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import { CALL_NOT_ACCEPTED } from '../messages/client-request.messages.js';
import { ClientRequestError } from '../protocol/client-request.error.js';
import type { JsonRpcRequest } from '../protocol/json-rpc.js';

const nothing = (): void => undefined;

/** Returns a request as the call that it would become, for checks that run before it is accepted. */
export function unacceptedCall(
  { id, method, params }: JsonRpcRequest,
  { peer, sessionId }: Pick<McpCall, 'peer' | 'sessionId'>,
  http: HttpExchange,
): McpCall {
  return {
    id,
    method,
    params: isJsonObject(params) ? params : {},
    peer,
    sessionId,
    http,
    logLevel: undefined,
    signal: new AbortController().signal,
    isActive: true,
    interrupt: nothing,
    whenOver: nothing,
    beforeAnswer: nothing,
    releaseStream: async () => Promise.resolve(false),
    notify: nothing,
    request: async () => Promise.reject(new ClientRequestError('aborted', CALL_NOT_ACCEPTED)),
  };
}
