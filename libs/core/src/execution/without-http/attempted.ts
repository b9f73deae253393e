import { types } from 'node:util';
import type { ArgumentsHost, ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { type Attempt, explained } from './http-needed.js';
import type { NotedArguments } from './noted-arguments.js';

/** The context of one enhancer, with noted arguments. `target` has the class and the handler, if there are any. */
export function hostWithoutHttp(
  of: ArgumentsHost,
  { args }: NotedArguments,
  target?: ExecutionContext,
): ExecutionContextHost {
  const host = new ExecutionContextHost(args, target?.getClass(), target?.getHandler());
  host.setType(of.getType());
  return host;
}

/** Runs an enhancer, and throws an explained error instead of its own. `passing` is an error that is not its own. */
export function attempted<Result>(attempt: Attempt, run: () => Result, passing?: unknown): Result {
  const fail = (thrown: unknown): never => {
    throw thrown === passing ? thrown : explained(attempt, thrown);
  };
  try {
    const result = run();
    return types.isPromise(result) ? (result.catch(fail) as Result) : result;
  } catch (thrown) {
    return fail(thrown);
  }
}
