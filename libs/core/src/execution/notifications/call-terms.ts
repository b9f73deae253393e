/** The limits of the notifications that a call sends while it runs. */
export interface CallTerms {
  /** The progress notifications that one call may send in a second; after a pause, as many at once. */
  readonly progressPerSecond: number;
  /** The log messages that one call may send in a second; after a pause, as many at once. */
  readonly logPerSecond: number;
  /** Converts a logged value to JSON of limited size. Never throws. */
  readonly logData: (data: unknown) => unknown;
}
