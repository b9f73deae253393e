import type { CanActivate } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { verdictOf } from '../guards/guard-verdict.js';
import type { McpContext } from '../context/mcp-context.js';
import { discardingResponse } from '../invocation/response-facade.js';
import { attemptOf, needsHttp } from '../without-http/http-needed.js';
import { NotedArguments } from '../without-http/noted-arguments.js';
import type { VisibilityFailures } from './visibility-failures.js';

/** Whether the caller of a context may see its entry. Never throws or rejects. */
export type VisibilityCheck = (context: McpContext) => boolean | Promise<boolean>;

/** Guards that decide on one entry for one caller. */
interface Asked {
  readonly guards: readonly CanActivate[];
  readonly host: ExecutionContextHost;
  readonly failures: VisibilityFailures;
  /** The arguments of the guards, if the call has no HTTP request. */
  readonly noted: NotedArguments | undefined;
}

/** Runs guards one by one, as ahead of a call. The first that denies or throws hides the entry. */
export function askGuards(
  guards: readonly CanActivate[],
  { hostClass, callee }: DiscoveredMethod,
  context: McpContext,
  failures: VisibilityFailures,
): boolean | Promise<boolean> {
  const all = [context.request, discardingResponse(context.response ?? {}), {}, context];
  const noted = context.request === undefined ? new NotedArguments(all) : undefined;
  const args = noted?.args ?? all;
  const host = new ExecutionContextHost(args, hostClass, callee);
  host.setType(context.request === undefined ? 'mcp' : 'http');
  return context.run(() => verdictFrom({ guards, host, failures, noted }, 0));
}

/** Creates no promise while the guards return booleans, as most do, because a list runs many guards. */
function verdictFrom(asked: Asked, first: number): boolean | Promise<boolean> {
  const { guards, host } = asked;
  for (let index = first; index < guards.length; index++) {
    const guard = guards[index] as CanActivate;
    try {
      const verdict = verdictOf(guard, host);
      if (typeof verdict !== 'boolean') return later(asked, index, verdict);
      if (!verdict) return false;
    } catch (thrown) {
      return hiddenBy(asked, guard, thrown);
    }
  }
  return true;
}

async function later(asked: Asked, index: number, pending: Promise<boolean>): Promise<boolean> {
  try {
    if (!(await pending)) return false;
    return await verdictFrom(asked, index + 1);
  } catch (thrown) {
    return hiddenBy(asked, asked.guards[index] as CanActivate, thrown);
  }
}

function hiddenBy({ failures, noted }: Asked, guard: CanActivate, thrown: unknown): false {
  const attempt = attemptOf('guard', guard, noted);
  const lacksHttp = noted !== undefined && needsHttp(attempt, thrown);
  return failures.hiddenBy(guard.constructor, thrown, lacksHttp ? attempt.name : undefined);
}
