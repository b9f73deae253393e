import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { WrappedGuard } from '../enhancers/wrapped-guard.js';
import { attempted, hostWithoutHttp } from '../without-http/attempted.js';
import { attemptOf } from '../without-http/http-needed.js';
import { NotedArguments } from '../without-http/noted-arguments.js';
import { verdictOf } from './guard-verdict.js';

/** Whether all guards allow a call without HTTP; see `allAllow()`. A guard that needs a request throws an error that says so. */
export async function allAllowWithoutHttp(
  guards: readonly CanActivate[],
  context: ExecutionContext,
): Promise<boolean> {
  for (const guard of guards) {
    const noted = new NotedArguments(context.getArgs());
    const inner = guard instanceof WrappedGuard ? guard.guard : guard;
    const own = hostWithoutHttp(context, noted, context);
    // oxlint-disable-next-line no-await-in-loop -- a guard runs only if the ones before it allow
    if (!(await attempted(attemptOf('guard', inner, noted), () => verdictOf(guard, own))))
      return false;
  }
  return true;
}
