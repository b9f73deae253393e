import { DUPLICATE_MEMBER, RESERVED_MEMBER } from '../../messages/refusal.messages.js';
import type { JsonRpcPost } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { faultyName } from '../../protocol/member-names.js';
import { Refusal } from './refusal.js';

/**
 * Holds the names of members in a body, which was read as this message.
 * @throws Refusal 400: -32600 for a member that an object has twice, and for a reserved name; -32602 for one in `params`.
 */
export function checkNames(body: Buffer, message: JsonRpcPost): void {
  const fault = faultyName(body);
  if (fault === undefined) return;
  // Which of two ids was meant cannot be told.
  if (fault === 'duplicate') throw new Refusal(400, DUPLICATE_MEMBER);
  throw new Refusal(400, RESERVED_MEMBER, {
    ...(message.kind === 'request' && { id: message.id }),
    ...(fault === 'reserved in params' && { code: JsonRpcErrorCode.InvalidParams }),
  });
}
