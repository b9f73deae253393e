import { isObservable } from 'rxjs';
import { RESULT_TOO_LARGE } from '../../messages/call.messages.js';
import { McpException } from '../../protocol/mcp.exception.js';
import { lastEmission } from './emissions.js';
import type { McpContext } from '../context/mcp-context.js';
import { messageOf } from './progress-message.js';
import { collect, isAsyncIterable, Yielded } from './yields.js';

/**
 * Resolves to the whole result of a method: the last value of an Observable, or all values of an async iterable as
 * {@link Yielded}.
 * @throws McpException when the values of an iterable exceed `limitBytes`
 */
export async function wholeValue(
  returned: unknown,
  context: McpContext,
  limitBytes: number,
): Promise<unknown> {
  const value = isObservable(returned) ? await lastEmission(returned, context) : returned;
  if (!isAsyncIterable(value)) return value;
  const values = await collect(value, {
    signal: context.signal,
    limitBytes,
    tooLarge: () => new McpException(RESULT_TOO_LARGE(context.primitive, limitBytes)),
    onValue: (item, count) => context.progress(count, undefined, messageOf(item)),
  });
  return new Yielded(values);
}
