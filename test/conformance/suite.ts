import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChild } from './child.js';
import type { Check, ScenarioResult, SuiteResult } from './results.js';

/** A scenario that has not ended by then never will: the suite times out a request after 10 s. */
const SCENARIO_LIMIT = 20_000;

export interface Suite {
  /** The package, under its installed name. */
  readonly name: 'conformance-stable' | 'conformance-next';
  /** The arguments that select the scenarios. */
  readonly selection: readonly string[];
}

/** Runs one suite against the server at `url`, in a process of its own, which ends when `signal` fires. */
export async function runSuite(
  { name, selection }: Suite,
  url: URL,
  signal: AbortSignal,
): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const started: string[] = [];
  let announced = -1;
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const child = startChild(
    pathToFileURL(`node_modules/${name}/dist/index.js`),
    ['server', '--url', url.href, ...selection, '--output-dir', folder],
    (line) => {
      announced = Number(/^Running .*\((\d+) scenarios\)/.exec(line)?.[1] ?? announced);
      const [, scenario] = /^=== Running scenario: (.+) ===$/.exec(line) ?? [];
      if (scenario === undefined) return;
      started.push(scenario);
      clearTimeout(timer);
      timer = setTimeout(() => stop(), SCENARIO_LIMIT);
    },
  );
  const stop = (): void => {
    late = true;
    child.end();
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  const exitCode = await child.exit;
  signal.removeEventListener('abort', stop);
  clearTimeout(timer);
  try {
    const scenarios = started.map((scenario) => ({ scenario, checks: checksOf(folder, scenario) }));
    return { announced, scenarios, exitCode, late, output: child.output() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The results that the suite wrote for a scenario: a folder each, whose name ends in the time. */
function checksOf(folder: string, scenario: string): ScenarioResult['checks'] {
  const written = readdirSync(folder).find((name) =>
    new RegExp(`^(?:server-)?${scenario}-\\d{4}-\\d\\d-\\d\\dT`).test(name),
  );
  const file = join(folder, written ?? '', 'checks.json');
  if (written === undefined || !existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Check[];
}
