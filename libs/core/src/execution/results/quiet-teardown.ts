import { Observable, Subscriber, type TeardownLogic, UnsubscriptionError } from 'rxjs';
import { logFailure } from './failure-reference.js';

/**
 * The same Observable, whose end cannot throw. What `finalize()` throws comes after the last value: it would
 * keep the completion from whoever waits for it, and thrown out of a timer it would end the process. Here it
 * is logged.
 */
export function quietTeardown<Value>(source: Observable<Value>): Observable<Value> {
  return new Observable<Value>((subscriber) => source.subscribe(new QuietSubscriber(subscriber)));
}

/** Downstream is told of the end first; then the operators above are, all of them from here. */
class QuietSubscriber<Value> extends Subscriber<Value> {
  override unsubscribe(): void {
    logged(() => super.unsubscribe());
  }

  /** What is added to an end that has come already runs at once. */
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
