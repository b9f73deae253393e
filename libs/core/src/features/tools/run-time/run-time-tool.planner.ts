import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import {
  INVALID_RUN_TIME_LIMIT,
  INVALID_RUN_TIME_NAME,
  UNUSABLE_RUN_TIME_SCHEMA,
} from '../../../messages/registry.messages.js';
import type { ToolDefinition } from '../../../protocol/codecs/revision-codec.js';
import { type ArgumentsPlan, NO_ARGUMENTS } from '../../../schema/arguments/arguments-plan.js';
import { argumentsPublishing } from '../../../schema/class-validator/publishing.js';
import { SchemaError } from '../../../schema/schema.error.js';
import { planInput } from '../../../schema/sources/input-plan.js';
import { outputSource } from '../../../schema/sources/output-source.js';
import type { SchemaSource } from '../../../schema/schema-source.js';
import { checkNames } from '../client-names.js';
import type { ToolEntry } from '../tool.entry.js';
import { deadlineOf, limiterOf } from '../tool-limits.js';
import { isToolName } from '../tool-name.js';
import type { ToolDraft } from './tool-draft.js';

type Limits = Pick<ToolEntry, 'deadline' | 'limiter'>;

/** What a draft asks for, as far as it could be made; whatever could not is among the problems. */
export interface ToolPlan {
  readonly args: ArgumentsPlan;
  readonly output: SchemaSource | undefined;
  readonly limits: Limits;
  readonly problems: readonly string[];
}

/** Makes of a draft what decorators make of a method: arguments, output and limits. */
@Injectable()
export class RunTimeToolPlanner {
  constructor(@Inject(MCP_SETTINGS) private readonly settings: McpSettings) {}

  /** What of the names of a tool stops it: see `strictNames` of the module. */
  checkNames(where: string, definition: ToolDefinition): readonly string[] {
    return checkNames(where, definition, this.settings);
  }

  plan({ name, input, output, options }: ToolDraft): ToolPlan {
    const publishing = argumentsPublishing(this.settings.publishOptionalNull);
    const problems: string[] = isToolName(name) ? [] : [INVALID_RUN_TIME_NAME(name)];
    const attempt = <Made>(
      make: () => Made,
      instead: Made,
      words: (why: string) => string,
    ): Made => {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof SchemaError || error instanceof RangeError)) throw error;
        problems.push(words(error.message));
        return instead;
      }
    };
    return {
      args: attempt(
        () => (input === undefined ? NO_ARGUMENTS : planInput(input, publishing)),
        NO_ARGUMENTS,
        (why) => UNUSABLE_RUN_TIME_SCHEMA(name, 'input', why),
      ),
      output: attempt(
        () => (output === undefined ? undefined : outputSource(output)),
        undefined,
        (why) => UNUSABLE_RUN_TIME_SCHEMA(name, 'output', why),
      ),
      limits: attempt<Limits>(
        () => ({ deadline: deadlineOf(options, this.settings), limiter: limiterOf(options) }),
        { deadline: { timeoutMs: 0, maximumMs: 0 }, limiter: undefined },
        (why) => INVALID_RUN_TIME_LIMIT(name, why),
      ),
      problems,
    };
  }
}
