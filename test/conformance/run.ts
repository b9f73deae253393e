import { readFileSync } from 'node:fs';
import { startBridge } from './bridge.js';
import { startDeadServer } from './dead-server.js';
import { type Platform, PLATFORMS, startFixture } from './fixture-server.js';
import { runModes } from './modes.js';
import type { RunResult } from './results.js';
import { runSuite, type Suite } from './suite.js';
import { lineOf, tableOf } from './table.js';
import { type NotYet, problemsOf, problemsOfControl } from './verdict.js';

const STABLE: Suite = { name: 'conformance-stable', selection: ['--suite', 'all'] };
const required = (revision: string): Suite => ({
  name: 'conformance-next',
  selection: ['--requirements', revision],
});
const SESSIONS = required('2025-11-25');
const STATELESS = required('2026-07-28');
const HTTP_RUNS = [
  ['0.1.16 /mcp', STABLE],
  ['2025-11-25 /mcp', SESSIONS],
  ['2026-07-28 /mcp', STATELESS],
] as const;

/** Scenarios that never fail: against a server that does not answer they warn, or skip. */
const BLIND = [
  'input-required-result-missing-input-response',
  'input-required-result-ignore-extra-params',
  'input-required-result-validate-input',
  'tasks-status-notifications',
];

/** A run takes a minute, or several on a busy machine. One that takes this long hangs. */
const RUN_LIMIT = 400_000;

/** Runs the official suites against the application of `fixture/`, and returns the exit status. */
export async function runConformance(): Promise<number> {
  const notYet = JSON.parse(
    readFileSync(new URL('not-yet.json', import.meta.url), 'utf8'),
  ) as NotYet;
  const signal = AbortSignal.timeout(RUN_LIMIT);
  const problems: string[] = [];
  for (const platform of PLATFORMS) {
    const runs = await runSuites(platform, signal);
    console.log(`On ${platform}:\n\n${tableOf(runs)}\n`);
    problems.push(...problemsOf(runs, notYet).map((problem) => `${platform}, ${problem}`));
  }
  const [modes, controls] = await Promise.all([
    runModes(HTTP_RUNS, notYet, signal),
    runControl(signal),
  ]);
  for (const mode of modes) {
    console.log(`${mode.name}:\n\n${tableOf(mode.runs)}\n`);
    problems.push(...mode.problems);
  }
  for (const control of controls) {
    console.log(lineOf(control));
    problems.push(...problemsOfControl(control, BLIND));
  }
  for (const problem of problems) console.log(`- ${problem}`);
  console.log(problems.length === 0 ? 'Everything that is there conforms' : 'FAILED');
  return problems.length === 0 ? 0 : 1;
}

async function runSuites(platform: Platform, signal: AbortSignal): Promise<RunResult[]> {
  const fixture = await startFixture(platform, signal);
  const endpoint = new URL('/mcp', fixture.url);
  const bridge = await startBridge(new URL('/sse', fixture.url));
  try {
    return [
      { run: '0.1.16 /mcp', result: await runSuite(STABLE, endpoint, signal) },
      { run: '2025-11-25 /mcp', result: await runSuite(SESSIONS, endpoint, signal) },
      { run: '2026-07-28 /mcp', result: await runSuite(STATELESS, endpoint, signal) },
      { run: '0.1.16 /sse', result: await runSuite(STABLE, bridge.url, signal) },
      { run: '2025-11-25 /sse', result: await runSuite(SESSIONS, bridge.url, signal) },
    ];
  } finally {
    await bridge.close();
    await fixture.end();
  }
}

/** The same suites against a dead server: a run that finds no errors there detects nothing. */
async function runControl(signal: AbortSignal): Promise<RunResult[]> {
  const dead = await startDeadServer();
  try {
    return [
      { run: '0.1.16 dead', result: await runSuite(STABLE, dead.url, signal) },
      { run: '2025-11-25 dead', result: await runSuite(SESSIONS, dead.url, signal) },
      { run: '2026-07-28 dead', result: await runSuite(STATELESS, dead.url, signal) },
    ];
  } finally {
    dead.close();
  }
}
