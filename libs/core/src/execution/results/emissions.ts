import { finalize, from, fromEvent, lastValueFrom, type Observable, takeUntil, tap } from 'rxjs';
import type { McpContext } from '../context/mcp-context.js';
import { messageOf } from './progress-message.js';
import { guarded } from '../../runtime/guarded.js';
import { quietTeardown } from './quiet-teardown.js';

/**
 * Resolves to the last value of an Observable, or to undefined if it has none, and reports each value as progress.
 * Unsubscribes when the call is aborted.
 */
export async function lastEmission(
  source: Observable<unknown>,
  context: McpContext,
): Promise<unknown> {
  const { signal } = context;
  if (signal.aborted) return undefined;
  const progress = new EmissionProgress(context);
  const reported = quietTeardown(from(source)).pipe(
    tap((value) => progress.emitted(value)),
    takeUntil(fromEvent(signal, 'abort')),
    finalize(() => progress.ended()),
  );
  return lastValueFrom(reported, { defaultValue: undefined });
}

/**
 * Behind an interceptor, every result is an Observable: a plain value is emitted once, and the Observable completes
 * at once. That is not progress. So the first value is reported only when a second one follows, or in a later turn
 * of the event loop.
 */
class EmissionProgress {
  private count = 0;
  private first: NodeJS.Immediate | undefined;
  private reportFirst: () => void = () => undefined;

  constructor(private readonly context: McpContext) {}

  emitted(value: unknown): void {
    const count = ++this.count;
    const report = guarded(() => this.context.progress(count, undefined, messageOf(value)));
    if (count > 1) {
      this.flush();
      report();
      return;
    }
    this.reportFirst = report;
    this.first = setImmediate(guarded(() => this.flush()));
  }

  ended(): void {
    clearImmediate(this.first);
    this.first = undefined;
  }

  private flush(): void {
    if (this.first === undefined) return;
    this.ended();
    this.reportFirst();
  }
}
