import { finalize, from, fromEvent, lastValueFrom, type Observable, takeUntil, tap } from 'rxjs';
import type { McpContext } from '../context/mcp-context.js';
import { messageOf } from './progress-message.js';
import { guarded } from '../../runtime/guarded.js';
import { quietTeardown } from './quiet-teardown.js';

/**
 * The last value of an Observable, undefined where it has none, and each of its values as progress. It is
 * left when nobody waits for the result any more.
 */
export async function lastEmission(
  source: Observable<unknown>,
  context: McpContext,
): Promise<unknown> {
  const { signal } = context;
  if (signal.aborted) return undefined;
  const progress = new EmissionProgress(context);
  const told = quietTeardown(from(source)).pipe(
    tap((value) => progress.emitted(value)),
    takeUntil(fromEvent(signal, 'abort')),
    finalize(() => progress.ended()),
  );
  return lastValueFrom(told, { defaultValue: undefined });
}

/**
 * Behind an interceptor, everything is an Observable: what a tool returns as it is, too, as one value and
 * the end at once. That is no progress. So the first value waits to be told until there is a second one,
 * or another turn of the event loop.
 */
class EmissionProgress {
  private count = 0;
  private first: NodeJS.Immediate | undefined;
  private tellFirst: () => void = () => undefined;

  constructor(private readonly context: McpContext) {}

  emitted(value: unknown): void {
    const count = ++this.count;
    const tell = guarded(() => this.context.progress(count, undefined, messageOf(value)));
    if (count > 1) {
      this.flush();
      tell();
      return;
    }
    this.tellFirst = tell;
    this.first = setImmediate(guarded(() => this.flush()));
  }

  ended(): void {
    clearImmediate(this.first);
    this.first = undefined;
  }

  private flush(): void {
    if (this.first === undefined) return;
    this.ended();
    this.tellFirst();
  }
}
