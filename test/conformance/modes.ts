import { readFileSync } from 'node:fs';
import type { StreamableHttpTransportOptions } from '@nestmcp/core';
import { type Platform, startFixture } from './fixture-server.js';
import type { RunResult } from './results.js';
import { runSuite, type Suite } from './suite.js';
import { type NotYet, problemsOf } from './verdict.js';

/** A mode of Streamable HTTP that some scenarios do not support. */
interface Mode {
  readonly name: string;
  readonly platform: Platform;
  readonly streamableHttp: StreamableHttpTransportOptions;
}

/** One platform each. The platforms differ below these options, which the tests check. */
const MODES: readonly Mode[] = [
  { name: 'without sessions', platform: 'express', streamableHttp: { sessions: false } },
  { name: 'with JSON alone', platform: 'fastify', streamableHttp: { json: true } },
];

export interface ModeResult {
  readonly name: string;
  readonly runs: readonly RunResult[];
  readonly problems: readonly string[];
}

/** Runs the suites against each mode at once. `not-applicable.json` lists what cannot apply, with the reason. */
export async function runModes(
  suites: readonly (readonly [run: string, Suite])[],
  notYet: NotYet,
  signal: AbortSignal,
): Promise<readonly ModeResult[]> {
  const notApplicable = JSON.parse(
    readFileSync(new URL('not-applicable.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, NotYet>>;
  return Promise.all(
    MODES.map(async ({ name, platform, streamableHttp }) => {
      const fixture = await startFixture(platform, signal, streamableHttp);
      const endpoint = new URL('/mcp', fixture.url);
      const runs: RunResult[] = [];
      try {
        for (const [run, suite] of suites)
          runs.push({ run, result: await runSuite(suite, endpoint, signal) });
      } finally {
        await fixture.end();
      }
      const problems = problemsOf(runs, { ...notYet, ...notApplicable[name] });
      return { name, runs, problems: problems.map((problem) => `${name}, ${problem}`) };
    }),
  );
}
