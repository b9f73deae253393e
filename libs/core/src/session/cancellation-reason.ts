/**
 * What the signal of a call gives as its reason when the client cancels it. A tool may keep it for long, and so it
 * has no stack: V8 holds the functions of one, and with them the message that cancelled.
 */
export function cancellationReason(words: string): Error {
  const reason = new Error(words);
  reason.stack = String(reason);
  return reason;
}
