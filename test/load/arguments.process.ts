// The search for the costliest arguments, in a process of its own. In a process with a large heap, garbage
// collection would dominate the measurement. node run-ts.cjs arguments.process.ts
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { InvalidArgumentsError } from '../../libs/core/src/schema/findings/invalid-arguments.error.js';
import { bodyOf, type Candidate, CHOICES, classOf } from '../support/fixtures/costly-arguments.js';
import { costOf, type Cost } from '../support/cpu-cost.js';

const SECONDS = Number(process.env.ARGUMENTS_SECONDS ?? 40);
const CLIMB = 12;
/** How many of the worst are measured again, and how often. Other work on the machine shows in a single figure. */
const SUSPECTS = 4;
const AGAIN = 2;
/** Below this duration in milliseconds, noise exceeds the cost of the arguments. */
const NOISE_MS = 10;
/** A thousand valid items of eight fields may take 30 ms; an invalid body, twice that. */
const FLOOR_MS = 15;

export interface Tried extends Cost {
  readonly candidate: Candidate;
  /** The allowed time divided by the cost of a valid body of the same candidate. */
  readonly times: number;
  readonly bytes: number;
}

let state = Number(process.env.ARGUMENTS_SEED ?? 20_260_728);
/** Mulberry32, so that each search is the same. */
function below(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
}

const PARTS = Object.keys(CHOICES) as (keyof typeof CHOICES)[];

function varied(from: Partial<Candidate>, parts: readonly (keyof typeof CHOICES)[]): Candidate {
  const chosen = parts.map((part) => [part, CHOICES[part][below(CHOICES[part].length)]] as const);
  return { ...from, ...Object.fromEntries(chosen) } as Candidate;
}

const neighbour = (of: Candidate | undefined): Candidate =>
  of ? varied(of, PARTS.slice(below(PARTS.length)).slice(0, 1)) : varied({}, PARTS);

/** Undefined for a candidate that no tool or body can express. */
async function tried(candidate: Candidate): Promise<Tried | undefined> {
  const plan = planFor(candidate);
  const body = bodyOf(candidate);
  if (plan === undefined || body === undefined) return undefined;
  let bytes = 0;
  const reading = (given: Record<string, unknown>) => async (): Promise<void> => {
    const thrown: unknown = await plan.read(given).catch((error: unknown) => error);
    if (thrown instanceof InvalidArgumentsError)
      bytes = Math.max(bytes, Buffer.byteLength(thrown.message));
    else if (thrown instanceof Error) throw thrown;
  };
  const cost = await costOf(reading(body));
  const right = cost.total > NOISE_MS ? bodyOf(candidate, 'right') : undefined;
  const base = right && (await costOf(reading(right))).total;
  const times = base === undefined ? 0 : cost.total / Math.max(base, FLOOR_MS);
  return { ...cost, candidate, times, bytes };
}

/** Undefined for rules that no value can satisfy, which stop the start. */
function planFor(candidate: Candidate): ReturnType<typeof planClass> | undefined {
  try {
    return planClass(classOf(candidate), new Map());
  } catch {
    return undefined;
  }
}

/** The worst candidate found from one start, changing one part after the other. */
async function climbed(all: Tried[]): Promise<void> {
  let best: Tried | undefined;
  for (let step = 0; step < CLIMB; step++) {
    const next = await tried(neighbour(best?.candidate));
    if (next === undefined) continue;
    all.push(next);
    if (best === undefined || next.turn > best.turn) best = next;
  }
}

type Figure = 'turn' | 'total' | 'times' | 'bytes';

const by =
  (figure: Figure) =>
  (first: Tried, second: Tried): number =>
    second[figure] - first[figure];

/** The worst of those that remain slow on retry. The smallest figure of each counts. */
async function worst(all: readonly Tried[], figure: Figure): Promise<Tried> {
  const confirmed: Tried[] = [];
  for (const suspect of all.toSorted(by(figure)).slice(0, SUSPECTS)) {
    const figures = [suspect];
    for (let again = 0; again < AGAIN; again++) {
      const once = await tried(suspect.candidate);
      if (once !== undefined) figures.push(once);
    }
    confirmed.push(...figures.toSorted(by(figure)).slice(-1));
  }
  const [found] = confirmed.toSorted(by(figure));
  if (found === undefined) throw new Error('Nothing was tried');
  return found;
}

/** What the process sends to its parent. */
export interface Search {
  readonly tried: number;
  readonly worst: Readonly<Record<Figure, Tried>>;
}

async function search(): Promise<Search> {
  const all: Tried[] = [];
  // Code that runs for the first time is compiled first, which must not count for the arguments.
  for (let warm = 0; warm < 3; warm++) await climbed([]);
  const end = performance.now() + SECONDS * 1_000;
  while (performance.now() < end) await climbed(all);
  const turn = await worst(all, 'turn');
  const times = await worst(all, 'times');
  const [total = turn] = all.toSorted(by('total'));
  const [bytes = turn] = all.toSorted(by('bytes'));
  return { tried: all.length, worst: { turn, total, times, bytes } };
}

void search().then((found) => process.send?.(found));
