import { checksOf, fails, type RunResult, passesWholly, type ScenarioResult } from './results.js';

/**
 * What is not implemented yet: for each issue, the scenarios that fail without it, completely (`'all'`) or in these
 * checks. No other failure is excused.
 */
export type NotYet = Readonly<Record<string, Readonly<Record<string, 'all' | readonly string[]>>>>;

/** Every error in the results of all runs, one sentence each. Empty when there is none. */
export function problemsOf(runs: readonly RunResult[], notYet: NotYet): string[] {
  const listed = new Map(Object.values(notYet).flatMap((scenarios) => Object.entries(scenarios)));
  const broken = runs.flatMap((run) => problemsOfRun(run));
  return [
    ...broken,
    ...runs.flatMap(({ run, result }) =>
      result.scenarios.flatMap((scenario) =>
        problemsOfScenario(scenario, listed.get(scenario.scenario)).map(
          (problem) => `${run}, ${scenario.scenario}: ${problem}`,
        ),
      ),
    ),
    ...(broken.length === 0 ? unknownTo(runs, listed) : []),
  ];
}

/** With a server that does not answer, every scenario must fail, except those that are known to detect nothing. */
export function problemsOfControl({ run, result }: RunResult, blind: readonly string[]): string[] {
  const unseen = result.scenarios.filter(
    (scenario) => !fails(scenario) && !blind.includes(scenario.scenario),
  );
  return [
    ...problemsOfRun({ run, result }),
    ...(result.exitCode === 0 ? [`${run}: the suite takes a dead server for a good one`] : []),
    ...unseen.map(({ scenario }) => `${run}, ${scenario}: does not fail, with nobody to answer it`),
  ];
}

function problemsOfRun({ run, result }: RunResult): string[] {
  const { announced, exitCode, late, scenarios } = result;
  const ran = scenarios.length;
  const last = scenarios.at(-1)?.scenario ?? 'its first scenario';
  if (late) return [`${run}: ended since ${last} took too long`];
  if (announced < 1 || ran !== announced)
    return [`${run}: ran ${ran} scenarios of ${announced}:\n${result.output}`];
  if (exitCode > 1 || exitCode < 0) return [`${run}: exited with ${exitCode}:\n${result.output}`];
  if (exitCode === 1 && !scenarios.some(fails))
    return [`${run}: exited with 1, though nothing failed:\n${result.output}`];
  return [];
}

function problemsOfScenario(
  result: ScenarioResult,
  excused: 'all' | readonly string[] | undefined,
): string[] {
  const rotten = 'passes, and is listed as not yet there: take it off the list';
  if (excused === 'all') return passesWholly(result) ? [rotten] : [];
  if (result.checks === undefined) return ['did not come to its end'];
  const excusedIds = excused ?? [];
  const failed = checksOf(result, 'FAILURE')
    .filter(({ id }) => !excusedIds.includes(id))
    .map(({ id, errorMessage = 'failed' }) => `${id}: ${errorMessage}`);
  const open = new Set(checksOf(result, 'FAILURE', 'WARNING', 'SKIPPED').map(({ id }) => id));
  const passed = excusedIds.filter((id) => !open.has(id)).map((id) => `${id} ${rotten}`);
  return [...failed, ...passed];
}

function unknownTo(runs: readonly RunResult[], listed: ReadonlyMap<string, unknown>): string[] {
  const known = new Set(
    runs.flatMap(({ result }) => result.scenarios.map(({ scenario }) => scenario)),
  );
  return [...listed.keys()]
    .filter((scenario) => !known.has(scenario))
    .map((scenario) => `${scenario} is listed as not yet there, and no suite has it`);
}
