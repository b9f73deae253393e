import { Inject, Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { ARGUMENTS_NOT_AN_OBJECT, RESULT_TOO_LARGE } from '../../messages/call.messages.js';
import { INVALID_DEFINITION } from '../../messages/registry.messages.js';
import { metaOf } from '../../primitives/decorators/meta.decorator.js';
import { readMethodMetadata } from '../../primitives/decorators/method-metadata.accessor.js';
import { primitiveName } from '../../primitives/entry/primitive-name.js';
import { PrimitiveBinder } from '../../primitives/primitive-binder.js';
import { PrimitiveFeature } from '../../primitives/primitive-feature.js';
import { PrimitiveRunner } from '../../primitives/calls/primitive-runner.js';
import { codecOf } from '../../protocol/codecs/codec-of.js';
import type { ToolResult } from '../../protocol/codecs/revision-codec.js';
import { RawJson } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../../protocol/mcp-protocol.exception.js';
import { descriptionOf } from '../../schema/decorators/description.decorator.js';
import { ResultBudget } from '../../serialization/budget.js';
import { boundedFailure } from './results/bounded-failure.js';
import { errorResult, toCallResult } from './results/call-result.js';
import { outputResult } from './results/output-result.js';
import { checkNames } from './definition/client-names.js';
import { definitionProblems } from './definition/tool-definition-problems.js';
import { planOutput } from './definition/output-plan.js';
import {
  checkParamHeaders,
  paramHeaderMismatch,
  planParamHeaders,
} from './definition/param-headers-plan.js';
import { toolDefinition } from './definition/tool-definition.js';
import { ToolCatalog } from './catalog/tool-catalog.js';
import type { ToolEntry } from './definition/tool-entry.interface.js';
import { TOOL } from './definition/tool-kind.js';
import { ToolLists } from './catalog/tool-lists.js';
import type { McpToolOptions } from './definition/tool-options.interface.js';
import { TOOL_OPTIONS } from './definition/tool-options.table.js';

/** The result of a call that is over, which is not sent. */
const NOT_SENT = new RawJson('{}');

/** Tools: the methods with `@McpTool()`, `tools/list` and `tools/call`. */
@Injectable()
export class ToolsFeature extends PrimitiveFeature<ToolEntry> {
  readonly requests = {
    'tools/list': (call: McpCall) => this.lists.list(call),
    'tools/call': (call: McpCall) => this.call(call),
  };
  protected readonly callMethod = 'tools/call';

  constructor(
    private readonly binder: PrimitiveBinder,
    private readonly runner: PrimitiveRunner,
    catalog: ToolCatalog,
    lists: ToolLists,
    @Inject(MCP_SETTINGS) settings: McpSettings,
  ) {
    super(TOOL, catalog, lists, settings);
  }

  add(method: DiscoveredMethod): readonly string[] {
    const { hostClass, methodName, callee } = method;
    const { metadata, problems: misused } = readMethodMetadata<McpToolOptions>(
      TOOL_OPTIONS,
      method,
    );
    const name = primitiveName(TOOL, hostClass, methodName, metadata.name);
    const { bound, inputSchema, problems: unbound } = this.binder.bind(method, name, metadata);
    const planned = planOutput(method, metadata);
    const problems = [...misused, ...unbound];
    if ('problem' in planned) problems.push(planned.problem);
    if (inputSchema === undefined) return problems;
    const mirrored = planParamHeaders(method, inputSchema);
    problems.push(...mirrored.problems);
    if (bound === undefined || 'problem' in planned) return problems;
    const { output } = planned;
    const description =
      metadata.description ?? descriptionOf(hostClass.prototype as object, methodName);
    const options = { ...metadata, meta: metadata.meta ?? metaOf(callee) };
    const outputSchema = output?.jsonSchema;
    const definition = toolDefinition(name, options, description, inputSchema, outputSchema);
    const { where } = bound;
    const { mimeType } = metadata;
    return [
      ...problems,
      ...definitionProblems(definition).map((words) => INVALID_DEFINITION(where, words)),
      ...checkNames(where, definition, this.settings),
      ...this.register({ ...bound, definition, output, paramHeaders: mirrored.headers, mimeType }),
    ];
  }

  protected override accepts(tool: ToolEntry, raw: JsonObject, call: McpCall): boolean {
    return !paramHeaderMismatch(tool.paramHeaders ?? [], raw, call);
  }

  private async call(call: McpCall): Promise<RawJson> {
    const { arguments: raw = {} } = call.params;
    const name = this.nameIn(call);
    const found = this.lists.visible(name, call);
    const tool = this.known(name, found instanceof Promise ? await found : found);
    if (!isJsonObject(raw))
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, ARGUMENTS_NOT_AN_OBJECT);
    if (tool.paramHeaders) checkParamHeaders(tool.paramHeaders, raw, call);
    if (!call.isActive) return NOT_SENT;
    try {
      const returned = await this.runner.run(tool, raw, call);
      const budget = new ResultBudget(tool, this.settings.limits.resultBytes);
      const result: ToolResult = tool.output
        ? await outputResult(tool.output, returned, budget)
        : toCallResult(returned, budget);
      const codec = codecOf(call.peer.protocolVersion);
      const sent = codec.result(result, tool.definition.outputSchema);
      return this.bounded(tool, JSON.stringify(sent));
    } catch (thrown) {
      // Nothing is sent. A tool that reacts to its signal usually throws the reason, which is not a failure to log.
      if (!call.isActive) return NOT_SENT;
      const { resultBytes } = this.settings.limits;
      return new RawJson(boundedFailure(tool, thrown, resultBytes));
    }
  }

  /** A result that is too large for a stream must not end the stream and all other calls on it. */
  private bounded(tool: ToolEntry, json: string): RawJson {
    const { resultBytes } = this.settings.limits;
    const raw = new RawJson(json);
    if (Buffer.byteLength(raw.text) <= resultBytes) return raw;
    return new RawJson(JSON.stringify(errorResult(RESULT_TOO_LARGE(tool, resultBytes))));
  }
}
