/** Runs a function. Passes `failed` what the function throws, or what its promise rejects with. Never throws. */
export function caught(run: () => unknown, failed: (thrown: unknown) => void): void {
  try {
    const result = run();
    if (isThenable(result)) Promise.resolve(result).catch(failed);
  } catch (thrown) {
    failed(thrown);
  }
}

/** Runs a function and ignores its failure. Use it for loggers, whose failure cannot be reported anywhere. */
export function quietly(run: () => unknown): void {
  caught(run, () => undefined);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
