/** The cost of an action to the process, in milliseconds of CPU time. */
export interface Cost {
  readonly total: number;
  /** The longest turn of the event loop, for which all other clients wait. */
  readonly turn: number;
}

const ROUNDS = 4;
const CHEAP_MS = 15;

/** The minimum of several runs: other work on the machine only adds to it. */
export async function costOf(run: () => Promise<unknown>): Promise<Cost> {
  let least: Cost = { total: Infinity, turn: Infinity };
  for (let round = 0; round < ROUNDS && least.total > CHEAP_MS; round++) {
    const { total, turn } = await once(run);
    least = { total: Math.min(least.total, total), turn: Math.min(least.turn, turn) };
  }
  return least;
}

async function once(run: () => Promise<unknown>): Promise<Cost> {
  const begin = cpu();
  let last = begin;
  let turn = 0;
  const turned = (): void => {
    const now = cpu();
    turn = Math.max(turn, now - last);
    last = now;
  };
  let ticking = setImmediate(tick);
  function tick(): void {
    turned();
    ticking = setImmediate(tick);
  }
  await run();
  clearImmediate(ticking);
  turned();
  return { total: last - begin, turn };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
