import { HttpException } from '@nestjs/common';
import { HTTP_NEEDED_BY } from '../../messages/log.messages.js';
import { logFailure, logFailureAs } from '../results/failure-reference.js';

/** The failures of visibility checks of one server. Each guard is logged once. */
export class VisibilityFailures {
  private readonly logged = new WeakSet<object>();

  /**
   * Returns false for a guard that threw. An `HttpException` is an ordinary refusal. Any other error hides every entry
   * with that guard, and is logged once for each `type`.
   * @param lacksHttp the guard, for the log, if it failed because the call has no HTTP request
   */
  hiddenBy(type: { readonly name: string }, thrown: unknown, lacksHttp?: string): false {
    if (!(thrown instanceof HttpException) && !this.logged.has(type)) {
      this.logged.add(type);
      const where = `The visibility check of ${type.name}`;
      if (lacksHttp === undefined) logFailure(where, thrown);
      else logFailureAs((reference) => HTTP_NEEDED_BY(where, lacksHttp, reference), thrown);
    }
    return false;
  }
}
