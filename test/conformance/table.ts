import { checksOf, type RunResult, type ScenarioResult } from './results.js';

/** Passed and failed checks of each scenario in every run: `3`, `1/2` with failures, `-` when it does not run. */
export function tableOf(runs: readonly RunResult[]): string {
  const names = [
    ...new Set(runs.flatMap(({ result }) => result.scenarios.map(({ scenario }) => scenario))),
  ];
  const rows = names.map((name) => [
    name,
    ...runs.map(({ result }) => cellOf(result.scenarios.find(({ scenario }) => scenario === name))),
  ]);
  const totals = runs.map(({ result }) => cellOf(sumOf(result.scenarios)));
  const all = [
    ['checks passed/failed, w: warnings', ...runs.map(({ run }) => run)],
    ...rows,
    ['all', ...totals],
  ];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}

/** One run in a line. */
export function lineOf({ run, result }: RunResult): string {
  return `${run}: ${cellOf(sumOf(result.scenarios))} in ${result.scenarios.length} scenarios, exit ${result.exitCode}`;
}

function cellOf(result: ScenarioResult | undefined): string {
  if (result === undefined) return '-';
  if (result.checks === undefined) return 'broke off';
  const warned = checksOf(result, 'WARNING').length;
  const counts = `${checksOf(result, 'SUCCESS').length}/${checksOf(result, 'FAILURE').length}`;
  return warned === 0 ? counts : `${counts} w${warned}`;
}

function sumOf(scenarios: readonly ScenarioResult[]): ScenarioResult {
  return { scenario: 'all', checks: scenarios.flatMap(({ checks = [] }) => checks) };
}
