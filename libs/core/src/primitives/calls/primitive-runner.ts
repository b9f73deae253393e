import { Inject, Injectable } from '@nestjs/common';
import { McpContext } from '../../execution/context/mcp-context.js';
import { CallDeadline } from '../../execution/limits/call-deadline.js';
import { McpCallStatistics } from '../../execution/limits/call-statistics.js';
import type { CallTerms } from '../../execution/notifications/call-terms.js';
import { wholeValue } from '../../execution/results/whole-value.js';
import { Yielded } from '../../execution/results/yields.js';
import { ownToken } from '../../interfaces/get-mcp-token.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { CALL_BUSY, CALL_TIMED_OUT } from '../../messages/call.messages.js';
import { McpException } from '../../protocol/mcp.exception.js';
import { hasFiles, readFiles } from '../../serialization/file-reader.js';
import { yieldedValue } from '../../serialization/yielded-value.js';
import { callTermsOf } from './call-terms-of.js';
import { CallTimeoutError } from './call-timeout.error.js';
import type { PrimitiveEntry } from '../entry/primitive-entry.interface.js';

/** Runs one call of a primitive: in its context, within its deadline, when its limiter allows it. */
@Injectable()
export class PrimitiveRunner {
  private readonly terms: CallTerms;

  constructor(
    @Inject(ownToken(McpCallStatistics)) private readonly statistics: McpCallStatistics,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {
    this.terms = callTermsOf(settings);
  }

  /** Resolves to what the method returned; rejects with what it threw, or with {@link CallTimeoutError}. */
  run(entry: PrimitiveEntry, raw: JsonObject, call: McpCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      let hasBegun = false;
      const begin = (): void => {
        hasBegun = true;
      };
      const expire = (): void => {
        isLate = true;
        const reason = new CallTimeoutError(CALL_TIMED_OUT(entry, entry.deadline.timeoutMs));
        call.interrupt(reason);
        reject(reason);
      };
      const deadline = new CallDeadline(entry.deadline, expire);
      call.whenOver(() => deadline.stop());
      const context = new McpContext(call, entry, this.terms, () => deadline.extend());
      const settled = (): void => {
        if (hasBegun && (isLate || !call.isActive)) this.statistics.countLateResult();
      };
      const running = context.run(() => this.inTurn(entry, raw, context, begin));
      running.finally(settled).then(resolve, reject);
    });
  }

  private async inTurn(
    entry: PrimitiveEntry,
    raw: JsonObject,
    context: McpContext,
    begin: () => void,
  ): Promise<unknown> {
    if (entry.limiter === undefined) {
      begin();
      return this.returnedBy(entry, raw, context);
    }
    const release = await entry.limiter.enter(context.signal);
    if (release === undefined) throw new McpException(CALL_BUSY(entry));
    begin();
    try {
      return await this.returnedBy(entry, raw, context);
    } finally {
      release();
    }
  }

  /** Streams and files are read within the deadline and the concurrency limit of the call. */
  private async returnedBy(
    entry: PrimitiveEntry,
    raw: JsonObject,
    context: McpContext,
  ): Promise<unknown> {
    const { resultBytes } = this.settings.limits;
    const whole = await wholeValue(await entry.invoke(raw, context), context, resultBytes);
    const value = whole instanceof Yielded ? yieldedValue(whole.values) : whole;
    // Filters written for GraphQL or RPC return the exception, which is not a result.
    if (value instanceof Error) throw value;
    return hasFiles(value) ? readFiles(value, entry, context.signal, resultBytes) : value;
  }
}
