import { InMemoryBackplane, InMemoryBackplaneHub } from '@nestmcp/core';
import type { MakeCluster } from '@nestmcp/testing';
import { CONTRACT, LOG_CONTRACT } from '../../libs/testing/src/backplane/contract.js';
import { play } from '../../libs/testing/src/backplane/contract-case.js';
import { BROKEN, type Change, changed, TWICE } from '../support/app/broken-backplanes.js';

const CASES = [...Object.values(CONTRACT), ...Object.values(LOG_CONTRACT)].flat();
const REPEATABLE = [...(CONTRACT.delivery ?? []), ...(CONTRACT.broadcast ?? [])].map(
  ({ title }) => title,
);
const BOUNDS = { eventsPerStream: 50, keepMs: 5_000 };
const realTurn = setImmediate;

function clusterOf(change: Change): MakeCluster {
  return async (nodes) => {
    const hub = new InMemoryBackplaneHub({ log: BOUNDS });
    return {
      backplanes: Array.from({ length: nodes }, () => changed(new InMemoryBackplane(hub), change)),
      log: { dropsAfter: BOUNDS.eventsPerStream, keepMs: BOUNDS.keepMs },
      advance: async (milliseconds) => {
        await jest.advanceTimersByTimeAsync(milliseconds);
      },
      lose: async ({ nodeId }) => hub.leave(nodeId),
    };
  };
}

/** Runs a case. Work that is still pending after everything else has run will never end. */
async function outcomeOf(title: string, change: Change): Promise<string> {
  const found = CASES.find((each) => each.title === title);
  if (found === undefined) throw new TypeError(`There is no case "${title}"`);
  const playing = play(found, clusterOf(change)).then(
    () => 'holds',
    () => 'fails',
  );
  return await Promise.race([playing, longAfter()]);
}

async function longAfter(): Promise<string> {
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => realTurn(resolve));
  return 'waits';
}

describe('the contract of backplanes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each(BROKEN)('detects an adapter that %s: %s', async (_, title, change) => {
    expect(await outcomeOf(title, () => ({}))).toBe('holds');
    expect(await outcomeOf(title, change)).toMatch(/^(?:fails|waits)$/);
  });

  it.each(REPEATABLE)('allows an adapter to deliver twice: %s', async (title) => {
    expect(await outcomeOf(title, TWICE)).toBe('holds');
  });

  it('has no two cases with the same title', () => {
    expect(new Set(CASES.map(({ title }) => title)).size).toBe(CASES.length);
  });
});
