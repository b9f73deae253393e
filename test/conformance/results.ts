/** One assertion of the suite, as it writes it down. Several may have the same id. */
export interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly errorMessage?: string;
}

export interface ScenarioResult {
  readonly scenario: string;
  /** Undefined when the suite wrote nothing down: the scenario threw, or was ended. */
  readonly checks: readonly Check[] | undefined;
}

/** What one run of a suite gave. */
export interface SuiteResult {
  /** How many scenarios the suite said that it would run; -1 when it said nothing. */
  readonly announced: number;
  readonly scenarios: readonly ScenarioResult[];
  readonly exitCode: number;
  /** The last scenario took too long, and was ended. */
  readonly late: boolean;
  /** What the suite printed. */
  readonly output: string;
}

/** A server, and how it is run through a suite. */
export interface LegResult {
  readonly leg: string;
  readonly result: SuiteResult;
}

/** The checks of these statuses. */
export function checksOf(
  { checks = [] }: ScenarioResult,
  ...statuses: readonly Check['status'][]
): Check[] {
  return checks.filter(({ status }) => statuses.includes(status));
}

/** Nothing asked for is missing: no failure, no warning, and something that succeeded. */
export function passesWholly(result: ScenarioResult): boolean {
  return (
    checksOf(result, 'FAILURE', 'WARNING').length === 0 && checksOf(result, 'SUCCESS').length > 0
  );
}

/** It failed, or did not even come to its end. */
export function fails(result: ScenarioResult): boolean {
  return result.checks === undefined || checksOf(result, 'FAILURE').length > 0;
}
