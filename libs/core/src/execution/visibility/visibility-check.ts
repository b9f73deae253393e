import type { CanActivate } from '@nestjs/common';
import { HttpException } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { logFailure } from '../results/failure-reference.js';
import { verdictOf } from '../guards/guard-verdict.js';
import type { McpContext } from '../context/mcp-context.js';
import { discardingResponse } from '../invocation/response-facade.js';

/** Whether the caller of a context may see its entry. Never throws or rejects. */
export type VisibilityCheck = (context: McpContext) => boolean | Promise<boolean>;

/** Runs guards one by one, as ahead of a call. The first that denies or throws hides the entry. */
export function askGuards(
  guards: readonly CanActivate[],
  { hostClass, callee }: DiscoveredMethod,
  context: McpContext,
): boolean | Promise<boolean> {
  const args = [context.request, discardingResponse(context.response ?? {}), {}, context];
  const host = new ExecutionContextHost(args, hostClass, callee);
  host.setType(context.request === undefined ? 'mcp' : 'http');
  return context.run(() => verdictFrom(guards, 0, host));
}

/** Creates no promise while the guards return booleans, as most do, because a list runs many guards. */
function verdictFrom(
  guards: readonly CanActivate[],
  first: number,
  host: ExecutionContextHost,
): boolean | Promise<boolean> {
  for (let index = first; index < guards.length; index++) {
    const guard = guards[index] as CanActivate;
    try {
      const verdict = verdictOf(guard, host);
      if (typeof verdict !== 'boolean') return later(guards, index, verdict, host);
      if (!verdict) return false;
    } catch (thrown) {
      return hiddenBy(guard.constructor, thrown);
    }
  }
  return true;
}

async function later(
  guards: readonly CanActivate[],
  index: number,
  pending: Promise<boolean>,
  host: ExecutionContextHost,
): Promise<boolean> {
  try {
    if (!(await pending)) return false;
    return await verdictFrom(guards, index + 1, host);
  } catch (thrown) {
    return hiddenBy((guards[index] as CanActivate).constructor, thrown);
  }
}

const logged = new WeakSet<object>();

/**
 * Returns false for a guard that threw. An `HttpException` is an ordinary refusal. Any other error hides every entry
 * with that guard, and is logged once for each `type`.
 */
export function hiddenBy(type: { readonly name: string }, thrown: unknown): false {
  if (!(thrown instanceof HttpException) && !logged.has(type)) {
    logged.add(type);
    logFailure(`The visibility check of ${type.name}`, thrown);
  }
  return false;
}
