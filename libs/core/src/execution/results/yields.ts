import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { quietly } from '../../runtime/caught.js';
import { guarded } from '../../runtime/guarded.js';

/** The values of an async iterable, in order. The feature decides how they become a result. */
export class Yielded {
  constructor(readonly values: readonly unknown[]) {}
}

export interface Collecting {
  readonly signal: AbortSignal;
  /** The size of all values in bytes beyond which the call fails. */
  readonly limitBytes: number;
  readonly tooLarge: () => Error;
  /** Called with each value. The next value is requested when the promise resolves. */
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
 * Reads an iterable to its end, and returns its values. When the signal aborts or the values exceed the limit, stops
 * the iterator with `return()`, or destroys the stream.
 * @throws the error of `tooLarge()` when the values exceed the limit, and the error of the iterable
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
    // After an abort, an error of the iterator only shows that it was stopped.
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

/** A stream is stopped by destroying it, because `return()` of its iterator waits for a read that may never end. */
function opened(source: AsyncIterable<unknown>): Opened {
  const stream = source instanceof ReadableStream ? Readable.fromWeb(source) : source;
  const iterator = stream[Symbol.asyncIterator]();
  const stop = async (): Promise<void> => {
    if (stream instanceof Readable) stream.destroy();
    else await iterator.return?.();
  };
  return { iterator, stop: () => quietly(stop) };
}

/** The approximate size in bytes. A value without JSON counts as 1 and fails later, when it is converted. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  try {
    return JSON.stringify(value)?.length ?? 1;
  } catch {
    return 1;
  }
}
