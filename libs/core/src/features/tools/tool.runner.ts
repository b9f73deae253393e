import { Inject, Injectable } from '@nestjs/common';
import { CallDeadline } from '../../execution/limits/call-deadline.js';
import { McpCallStatistics } from '../../execution/limits/call-statistics.js';
import { McpContext } from '../../execution/context/mcp-context.js';
import type { CallTerms } from '../../execution/notifications/call-terms.js';
import { wholeValue } from '../../execution/results/whole-value.js';
import { Yielded } from '../../execution/results/yields.js';
import { ownToken } from '../../interfaces/get-mcp-token.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { TOOL_BUSY, TOOL_TIMED_OUT } from '../../messages/call.messages.js';
import { McpException } from '../../protocol/mcp.exception.js';
import { callTermsOf } from '../logging/call-terms-of.js';
import { hasFiles, readFiles } from './results/file-reader.js';
import { yieldedValue } from './results/yielded-value.js';
import type { ToolEntry } from './tool.entry.js';
import { ToolTimeoutError } from './tool-timeout.error.js';

/** Runs one call of a tool: in its context, within its time, in its turn. */
@Injectable()
export class ToolRunner {
  private readonly terms: CallTerms;

  constructor(
    @Inject(ownToken(McpCallStatistics)) private readonly statistics: McpCallStatistics,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {
    this.terms = callTermsOf(settings);
  }

  /** Gives what the tool returned; rejects with what it threw, or when its time is up. */
  run(tool: ToolEntry, raw: JsonObject, call: McpCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      let hasBegun = false;
      const begin = (): void => {
        hasBegun = true;
      };
      const expire = (): void => {
        isLate = true;
        const reason = new ToolTimeoutError(TOOL_TIMED_OUT(tool.name, tool.deadline.timeoutMs));
        call.interrupt(reason);
        reject(reason);
      };
      const deadline = new CallDeadline(tool.deadline, expire);
      call.whenOver(() => deadline.stop());
      const context = new McpContext(call, tool, this.terms, () => deadline.extend());
      const settled = (): void => {
        if (hasBegun && (isLate || !call.isActive)) this.statistics.countLateResult();
      };
      const running = context.run(() => this.inTurn(tool, raw, context, begin));
      running.finally(settled).then(resolve, reject);
    });
  }

  private async inTurn(
    tool: ToolEntry,
    raw: JsonObject,
    context: McpContext,
    begin: () => void,
  ): Promise<unknown> {
    if (tool.limiter === undefined) {
      begin();
      return this.returnedBy(tool, raw, context);
    }
    const release = await tool.limiter.enter(context.signal);
    if (release === undefined) throw new McpException(TOOL_BUSY(tool.name));
    begin();
    try {
      return await this.returnedBy(tool, raw, context);
    } finally {
      release();
    }
  }

  /** Streams and files are read within the time and the turn of the call. */
  private async returnedBy(
    tool: ToolEntry,
    raw: JsonObject,
    context: McpContext,
  ): Promise<unknown> {
    const { resultBytes } = this.settings.limits;
    const whole = await wholeValue(await tool.invoke(raw, context), context, resultBytes);
    const value = whole instanceof Yielded ? yieldedValue(whole.values) : whole;
    // Filters written for GraphQL or RPC give the exception back; it must not pass for a result.
    if (value instanceof Error) throw value;
    return hasFiles(value) ? readFiles(value, tool, context.signal, resultBytes) : value;
  }
}
