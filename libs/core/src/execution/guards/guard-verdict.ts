import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
import { deniedByUntruth } from './untrue-verdict.js';

/**
 * Runs a guard and reads its verdict. As Nest does on a route, it awaits a promise and uses the last value of an
 * Observable. Every verdict except `true` denies, also an Observable without a value. All guards run through here.
 * @throws the error of the guard, synchronously or as a rejection
 */
export function verdictOf(
  guard: CanActivate,
  context: ExecutionContext,
): boolean | Promise<boolean> {
  const verdict: unknown = guard.canActivate(context);
  if (typeof verdict === 'boolean') return verdict;
  return settled(guard, verdict);
}

/** Whether all guards allow the call. Runs them one by one, and none after the first that denies. */
export async function allAllow(
  guards: readonly CanActivate[],
  context: ExecutionContext,
): Promise<boolean> {
  for (const guard of guards) {
    const verdict = verdictOf(guard, context);
    // Most guards return a boolean. Awaiting it would cost a turn of the microtask queue.
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
