import { Injectable } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
import { CallDeadline } from '../../execution/call-deadline.js';
import { McpCallStatistics } from '../../execution/call-statistics.js';
import { McpContext } from '../../execution/mcp-context.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import { TOOL_BUSY, TOOL_TIMED_OUT } from '../../messages/call.messages.js';
import { McpException } from '../../protocol/mcp.exception.js';
import type { ToolEntry } from './tool.entry.js';
import { ToolTimeoutError } from './tool-timeout.error.js';

/** Runs one call of a tool: in its context, within its time, in its turn. */
@Injectable()
export class ToolRunner {
  constructor(private readonly statistics: McpCallStatistics) {}

  /** Gives what the tool returned; rejects with what it threw, or when its time is up. */
  run(tool: ToolEntry, raw: JsonObject, call: McpCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const expire = (): void => {
        isLate = true;
        const reason = new ToolTimeoutError(TOOL_TIMED_OUT(tool.name, tool.deadline.timeoutMs));
        call.interrupt(reason);
        reject(reason);
      };
      const deadline = new CallDeadline(tool.deadline, expire);
      call.whenOver(() => deadline.stop());
      const context = new McpContext(call, tool, () => deadline.extend());
      const settled = (): void => {
        if (isLate || !call.isActive) this.statistics.countLateResult();
      };
      const running = context.run(() => inTurn(tool, raw, context));
      running.finally(settled).then(resolve, reject);
    });
  }
}

async function inTurn(tool: ToolEntry, raw: JsonObject, context: McpContext): Promise<unknown> {
  if (tool.limiter === undefined) return returnedBy(tool, raw, context);
  const release = await tool.limiter.enter(context.signal);
  if (release === undefined) throw new McpException(TOOL_BUSY(tool.name));
  try {
    return await returnedBy(tool, raw, context);
  } finally {
    release();
  }
}

async function returnedBy(tool: ToolEntry, raw: JsonObject, context: McpContext): Promise<unknown> {
  const returned = await tool.invoke(raw, context);
  const value: unknown = isObservable(returned)
    ? await lastValueFrom(returned, { defaultValue: undefined })
    : returned;
  // Filters written for GraphQL or RPC give the exception back; it must not pass for a result.
  if (value instanceof Error) throw value;
  return value;
}
