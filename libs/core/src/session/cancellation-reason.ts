/**
 * The reason of a call's abort signal when the client cancels the call. It has no stack: a tool may keep the error
 * for a long time, and V8 would keep the functions of the stack with it, and the message that cancelled the call.
 */
export function cancellationReason(words: string): Error {
  const reason = new Error(words);
  reason.stack = String(reason);
  return reason;
}
