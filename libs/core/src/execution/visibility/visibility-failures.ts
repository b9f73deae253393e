import { HttpException } from '@nestjs/common';
import { logFailure } from '../results/failure-reference.js';

/** The failures of visibility checks of one server. Each guard is logged once. */
export class VisibilityFailures {
  private readonly logged = new WeakSet<object>();

  /**
   * Returns false for a guard that threw. An `HttpException` is an ordinary refusal. Any other error hides every entry
   * with that guard, and is logged once for each `type`.
   */
  hiddenBy(type: { readonly name: string }, thrown: unknown): false {
    if (!(thrown instanceof HttpException) && !this.logged.has(type)) {
      this.logged.add(type);
      logFailure(`The visibility check of ${type.name}`, thrown);
    }
    return false;
  }
}
