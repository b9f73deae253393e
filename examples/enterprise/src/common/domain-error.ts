/** A rule of the business that a request breaks. It knows nothing of HTTP. */
export class DomainError extends Error {
  constructor(
    readonly code: 'CREDIT_EXCEEDED' | 'ALREADY_CANCELLED',
    message: string,
  ) {
    super(message);
  }
}
