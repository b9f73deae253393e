import {
  DUPLICATE_ID,
  INITIALIZE_IN_BATCH,
  NOT_A_MESSAGE,
} from '../../messages/refusal.messages.js';
import type { JsonRpcMessage, JsonRpcPost, JsonRpcRequest } from '../../protocol/json-rpc.js';
import { BATCH_REVISION } from '../../protocol/revisions.js';
import { Refusal } from './refusal.js';

/**
 * Returns the messages of a POST.
 * @param revision revision of the client; undefined before `initialize`
 * @throws Refusal 400 for a batch if the revision has no batches, and for `initialize` in a batch
 */
export function messagesOf(
  post: JsonRpcPost,
  revision: string | undefined,
): readonly JsonRpcMessage[] {
  if (post.kind !== 'batch') return [post];
  if (revision !== BATCH_REVISION) throw new Refusal(400, NOT_A_MESSAGE);
  const initializes = post.messages.some(
    (message) => message.kind === 'request' && message.method === 'initialize',
  );
  if (initializes) throw new Refusal(400, INITIALIZE_IN_BATCH);
  return post.messages;
}

/** @throws Refusal 400 when two requests have the same id */
export function checkDistinct(requests: readonly JsonRpcRequest[]): void {
  const ids = new Set(requests.map(({ id }) => id));
  if (ids.size < requests.length) throw new Refusal(400, DUPLICATE_ID);
}
