const LONGEST_MS = 10_000;

/** Looks in every turn of the event loop until it is so; for what tells nobody when it has happened. */
export async function eventually(reached: () => boolean): Promise<void> {
  const latest = performance.now() + LONGEST_MS;
  while (!reached()) {
    if (performance.now() > latest) throw new Error(`never came: ${reached.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
