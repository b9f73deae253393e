import { Inject, Injectable } from '@nestjs/common';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { INVALID_PARAM_HEADER } from '../../../messages/header.messages.js';
import {
  INVALID_DEFINITION,
  MISSING_SCHEMA,
  UNUSABLE_RUN_TIME_SCHEMA,
} from '../../../messages/registry.messages.js';
import { metaOf } from '../../../primitives/decorators/meta.decorator.js';
import type { AnyHandler } from '../../../primitives/run-time/primitive-draft.interface.js';
import type { EntryFactory } from '../../../primitives/run-time/registry-edit.js';
import { RunTimeBinder } from '../../../primitives/run-time/run-time-binder.js';
import { paramHeaders } from '../../../protocol/stateless/param-headers.js';
import { type ArgumentsPlan, NO_ARGUMENTS } from '../../../schema/arguments/arguments-plan.js';
import { argumentsPublishing } from '../../../schema/class-validator/publishing.js';
import type { SchemaSource } from '../../../schema/schema-source.js';
import { SchemaError } from '../../../schema/schema.error.js';
import { planInput } from '../../../schema/sources/input-plan.js';
import { outputSource } from '../../../schema/sources/output-source.js';
import type { SchemaLike } from '../../../schema/standard/schema-like.interface.js';
import { checkNames } from '../definition/client-names.js';
import { definitionProblems } from '../definition/tool-definition-problems.js';
import { toolDefinition } from '../definition/tool-definition.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { TOOL } from '../definition/tool-kind.js';
import { readRunTimeOptions } from '../definition/tool-options.table.js';
import type { ToolDraft } from './tool-draft.js';

/** Makes tools of drafts, as `ToolsFeature` makes them of decorated methods. */
@Injectable()
export class RunTimeToolFactory implements EntryFactory<ToolEntry, ToolDraft> {
  constructor(
    private readonly binder: RunTimeBinder,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  create(draft: ToolDraft, handler: AnyHandler): ToolEntry | { problems: readonly string[] } {
    const { name, title, description } = draft;
    const { options, problems: mistaken } = readRunTimeOptions(name, draft.options);
    const { args, output, problems: unusable } = this.schemasOf(draft);
    const {
      bound,
      where,
      callee,
      problems: unbound,
    } = this.binder.bind(TOOL, { ...draft, options }, handler, args);
    const described = {
      ...options,
      meta: options.meta ?? metaOf(callee),
      ...(title !== undefined && { title }),
    };
    const { inputSchema } = args;
    const outputSchema = output?.jsonSchema;
    const definition = toolDefinition(name, described, description, inputSchema, outputSchema);
    const mirrored = paramHeaders(inputSchema);
    const problems = [
      ...mistaken,
      ...unusable,
      ...unbound,
      ...mirrored.problems.map((words) => INVALID_PARAM_HEADER(where, words)),
      ...definitionProblems(definition).map((words) => INVALID_DEFINITION(where, words)),
    ];
    const refused = problems.length > 0 ? problems : checkNames(where, definition, this.settings);
    if (bound === undefined || refused.length > 0) return { problems: refused };
    const { mimeType } = options;
    return { ...bound, definition, output, paramHeaders: mirrored.headers, mimeType };
  }

  /** Schemas of a draft. In JavaScript, and in circular imports, a step may have been given undefined. */
  private schemasOf(draft: ToolDraft): {
    readonly args: ArgumentsPlan;
    readonly output: SchemaSource | undefined;
    readonly problems: readonly string[];
  } {
    const named = { kind: TOOL.name, name: draft.name };
    const publishing = argumentsPublishing(this.settings.publishOptionalNull);
    const problems: string[] = [];
    const made = <Made>(
      step: 'input' | 'output',
      make: (schema: SchemaLike) => Made,
    ): Made | undefined => {
      const { [step]: schema } = draft;
      if (schema === undefined) {
        if (step in draft) problems.push(MISSING_SCHEMA(named, step));
        return undefined;
      }
      try {
        return make(schema);
      } catch (error) {
        if (!(error instanceof SchemaError || error instanceof RangeError)) throw error;
        problems.push(UNUSABLE_RUN_TIME_SCHEMA(named, step, error.message));
        return undefined;
      }
    };
    const args = made('input', (schema) => planInput(schema, publishing)) ?? NO_ARGUMENTS;
    return { args, output: made('output', outputSource), problems };
  }
}
