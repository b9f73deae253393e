import type { CanActivate } from '@nestjs/common';
import { HttpException } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { logFailure } from '../results/failure-reference.js';
import { verdictOf } from '../guards/guard-verdict.js';
import type { McpContext } from '../context/mcp-context.js';
import { discardingResponse } from '../invocation/response-facade.js';

/** Tells whether the caller of a context may see what the context is about. Never rejects. */
export type VisibilityCheck = (context: McpContext) => boolean | Promise<boolean>;

/** Asks guards one by one, as Nest does before a call; the first that says no, or throws, decides. */
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

/** Most verdicts are there at once, and a list asks for many: no promise is made before there is one. */
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

const told = new WeakSet<object>();

/** A refusal is no news; whatever else breaks down hides every tool it stands on, and is told of once. */
export function hiddenBy(type: { readonly name: string }, thrown: unknown): false {
  if (!(thrown instanceof HttpException) && !told.has(type)) {
    told.add(type);
    logFailure(`The visibility check of ${type.name}`, thrown);
  }
  return false;
}
