/** What holds for whatever is told to a client while its call runs. */
export interface CallTerms {
  /** Progress notifications of one call in a second, and at once after a pause. */
  readonly progressPerSecond: number;
  /** Log messages of one call in a second, and at once after a pause. */
  readonly logPerSecond: number;
  /** Makes JSON of bounded size of whatever is logged. Never throws. */
  readonly logData: (data: unknown) => unknown;
}
