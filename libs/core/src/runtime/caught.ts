/**
 * Runs something, and hands over what it throws, or rejects with later. Nothing escapes.
 * @param failed must not throw
 */
export function caught(run: () => unknown, failed: (thrown: unknown) => void): void {
  try {
    const result = run();
    if (isThenable(result)) Promise.resolve(result).catch(failed);
  } catch (thrown) {
    failed(thrown);
  }
}

/** Runs something for its effect alone: for loggers, whose failure has nowhere to be reported. Never throws. */
export function quietly(run: () => unknown): void {
  caught(run, () => undefined);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
