const LONGEST_MS = 10_000;

/** Checks in every turn of the event loop until the condition holds, for events without notification. */
export async function eventually(reached: () => boolean): Promise<void> {
  const latest = performance.now() + LONGEST_MS;
  while (!reached()) {
    if (performance.now() > latest) throw new Error(`never came: ${reached.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
