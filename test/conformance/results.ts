/** One assertion of the suite, as it writes it. Several may have the same id. */
export interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly errorMessage?: string;
}

export interface ScenarioResult {
  readonly scenario: string;
  /** Undefined when the suite wrote no results: the scenario threw an error, or was ended. */
  readonly checks: readonly Check[] | undefined;
}

/** The output of one run of a suite. */
export interface SuiteResult {
  /** The number of scenarios that the suite announced; -1 when it announced none. */
  readonly announced: number;
  readonly scenarios: readonly ScenarioResult[];
  readonly exitCode: number;
  /** The last scenario took too long, and was ended. */
  readonly late: boolean;
  /** What the suite printed. */
  readonly output: string;
}

/** A server, and how to run a suite against it. */
export interface RunResult {
  readonly run: string;
  readonly result: SuiteResult;
}

/** The checks with these statuses. */
export function checksOf(
  { checks = [] }: ScenarioResult,
  ...statuses: readonly Check['status'][]
): Check[] {
  return checks.filter(({ status }) => statuses.includes(status));
}

/** No requested check is missing: no failure, no warning, and at least one success. */
export function passesWholly(result: ScenarioResult): boolean {
  return (
    checksOf(result, 'FAILURE', 'WARNING').length === 0 && checksOf(result, 'SUCCESS').length > 0
  );
}

/** It failed, or did not complete. */
export function fails(result: ScenarioResult): boolean {
  return result.checks === undefined || checksOf(result, 'FAILURE').length > 0;
}
