import { checksOf, type LegResult, type ScenarioResult } from './results.js';

/** Passed and failed checks of each scenario in every run: `3`, `1/2` with failures, `-` when it does not run. */
export function tableOf(legs: readonly LegResult[]): string {
  const names = [
    ...new Set(legs.flatMap(({ result }) => result.scenarios.map(({ scenario }) => scenario))),
  ];
  const rows = names.map((name) => [
    name,
    ...legs.map(({ result }) => cellOf(result.scenarios.find(({ scenario }) => scenario === name))),
  ]);
  const totals = legs.map(({ result }) => cellOf(sumOf(result.scenarios)));
  const all = [
    ['checks passed/failed, w: warnings', ...legs.map(({ leg }) => leg)],
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
export function lineOf({ leg, result }: LegResult): string {
  return `${leg}: ${cellOf(sumOf(result.scenarios))} in ${result.scenarios.length} scenarios, exit ${result.exitCode}`;
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
