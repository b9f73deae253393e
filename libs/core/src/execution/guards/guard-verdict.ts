import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
import { deniedByUntruth } from './untrue-verdict.js';

/**
 * Asks a guard, and reads its verdict as Nest does on a route: a promise is awaited, then of an Observable
 * the last value is taken. Anything but `true` denies, an Observable without a value included. This is the
 * only place that reads a verdict.
 * @throws whatever the guard throws, at once or as a rejection.
 */
export function verdictOf(
  guard: CanActivate,
  context: ExecutionContext,
): boolean | Promise<boolean> {
  const verdict: unknown = guard.canActivate(context);
  if (typeof verdict === 'boolean') return verdict;
  return settled(guard, verdict);
}

/** Whether all of these guards allow; asked one by one, and none after the first that denies. */
export async function allAllow(
  guards: readonly CanActivate[],
  context: ExecutionContext,
): Promise<boolean> {
  for (const guard of guards) {
    const verdict = verdictOf(guard, context);
    // Most verdicts are there at once, and a turn of the microtask queue is not free.
    if (!(typeof verdict === 'boolean' ? verdict : await verdict)) return false;
  }
  return true;
}

async function settled(guard: CanActivate, pending: unknown): Promise<boolean> {
  const given = await pending;
  const verdict: unknown = isObservable(given)
    ? await lastValueFrom(given, { defaultValue: false })
    : given;
  return verdict === true || deniedByUntruth(guard, verdict);
}
