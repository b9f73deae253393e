import { DUPLICATE_MEMBER, RESERVED_MEMBER } from '../../messages/refusal.messages.js';
import type { JsonRpcPost } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { faultyName } from '../../protocol/member-names.js';
import { Refusal } from './refusal.js';

/**
 * Checks the member names in a body.
 * @param message the message that was read from the body
 * @throws Refusal 400: -32600 when an object has a member twice or a reserved name, -32602 for a reserved
 * name in `params`
 */
export function checkNames(body: Buffer, message: JsonRpcPost): void {
  const fault = faultyName(body);
  if (fault === undefined) return;
  // The refusal has no id: the duplicate member may be the id.
  if (fault === 'duplicate') throw new Refusal(400, DUPLICATE_MEMBER);
  throw new Refusal(400, RESERVED_MEMBER, {
    ...(message.kind === 'request' && { id: message.id }),
    ...(fault === 'reserved in params' && { code: JsonRpcErrorCode.InvalidParams }),
  });
}
