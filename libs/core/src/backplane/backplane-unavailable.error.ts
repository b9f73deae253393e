/**
 * The backplane could not do what it was asked, or not in time. What was asked for may have been done all the
 * same. Clients are answered 503, or their stream is ended; the cause is for the log only.
 */
export class BackplaneUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackplaneUnavailableError';
  }
}
