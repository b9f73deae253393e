/**
 * The backplane failed at an operation, or did not answer before its deadline. The operation may have been done all
 * the same. Clients are answered with 503, or their stream is ended. The cause is only for the log.
 */
export class BackplaneUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackplaneUnavailableError';
  }
}
