import { Observable, Subscriber, type TeardownLogic, UnsubscriptionError } from 'rxjs';
import { logFailure } from './failure-reference.js';

/**
 * The same Observable, except that errors in its teardown are logged. An error in a `finalize()` would otherwise keep
 * the completion from the subscriber or, if it is thrown in a timer, end the process.
 */
export function quietTeardown<Value>(source: Observable<Value>): Observable<Value> {
  return new Observable<Value>((subscriber) => source.subscribe(new QuietSubscriber(subscriber)));
}

/** Completion reaches the downstream subscriber first. All teardowns of the upstream operators then run through here. */
class QuietSubscriber<Value> extends Subscriber<Value> {
  override unsubscribe(): void {
    logged(() => super.unsubscribe());
  }

  /** A teardown that is added after the end runs at once. */
  override add(teardown: TeardownLogic): void {
    logged(() => super.add(teardown));
  }
}

function logged(run: () => void): void {
  try {
    run();
  } catch (thrown) {
    const all: readonly unknown[] =
      thrown instanceof UnsubscriptionError ? thrown.errors : [thrown];
    for (const one of all) logFailure('What runs after a result', one);
  }
}
