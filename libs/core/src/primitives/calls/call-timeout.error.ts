/** A call took longer than its limit. The signal of the call is aborted with this as its reason. */
export class CallTimeoutError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallTimeoutError';
  }
}
