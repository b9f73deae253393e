import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { quietly } from '../../runtime/caught.js';
import { guarded } from '../../runtime/guarded.js';

/** All that an async iterable yielded, in order; how it makes a result is for the feature to say. */
export class Yielded {
  constructor(readonly values: readonly unknown[]) {}
}

export interface Collecting {
  readonly signal: AbortSignal;
  /** More bytes than these fail. */
  readonly limitBytes: number;
  readonly tooLarge: () => Error;
  /** Told each value; the next one is asked for when this has resolved. */
  readonly onValue?: (value: unknown, count: number) => Promise<void>;
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
  );
}

/**
 * Reads an iterable to its end, up to a limit. When the signal fires, or the limit is passed, the iterator
 * is told (`return()`, a stream is destroyed); it gets the time that it takes to stop, as any tool does.
 */
export async function collect(
  source: AsyncIterable<unknown>,
  { signal, limitBytes, tooLarge, onValue }: Collecting,
): Promise<unknown[]> {
  const { iterator, stop } = opened(source);
  const values: unknown[] = [];
  let bytes = 0;
  const leave = guarded(stop);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) stop();
  try {
    while (!signal.aborted) {
      const { done, value } = await iterator.next();
      if (done === true || signal.aborted) break;
      bytes += sizeOf(value);
      if (bytes > limitBytes) throw tooLarge();
      values.push(value);
      await onValue?.(value, values.length);
    }
    return values;
  } catch (error) {
    stop();
    // What an iterator says to being stopped is of no interest.
    if (signal.aborted) return [];
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

interface Opened {
  readonly iterator: AsyncIterator<unknown>;
  readonly stop: () => void;
}

/** `return()` of a stream's iterator waits for the read in progress, which may never end; destroying does not. */
function opened(source: AsyncIterable<unknown>): Opened {
  const stream = source instanceof ReadableStream ? Readable.fromWeb(source) : source;
  const iterator = stream[Symbol.asyncIterator]();
  const stop = async (): Promise<void> => {
    if (stream instanceof Readable) stream.destroy();
    else await iterator.return?.();
  };
  return { iterator, stop: () => quietly(stop) };
}

/** Of a value that has no JSON, nothing can be told yet; it fails later. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  try {
    return JSON.stringify(value)?.length ?? 1;
  } catch {
    return 1;
  }
}
