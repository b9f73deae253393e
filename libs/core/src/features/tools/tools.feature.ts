import { Inject, Injectable } from '@nestjs/common';
import { MethodBinder } from '../../discovery/method-binder.js';
import { VisibilityFinder } from '../../execution/visibility/visibility-finder.js';
import type { McpCacheHint } from '../../interfaces/mcp-cache-options.interface.js';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import type { DiscoveredMethod, McpFeature } from '../../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_TOOL, MCP_TOOL_TYPE } from '../../interfaces/mcp.metadata.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { DUPLICATE_NAME, INVALID_LIMIT, INVALID_NAME } from '../../messages/boot.messages.js';
import {
  ARGUMENTS_NOT_AN_OBJECT,
  MISSING_TOOL_NAME,
  RESULT_TOO_LARGE,
  UNKNOWN_TOOL,
} from '../../messages/call.messages.js';
import { INVALID_DEFINITION } from '../../messages/registry.messages.js';
import { codecOf } from '../../protocol/codecs/codec-of.js';
import type { ToolResult } from '../../protocol/codecs/revision-codec.js';
import { personalHint } from '../../protocol/stateless/cache-hint.js';
import { RawJson } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../../protocol/mcp-protocol.exception.js';
import { descriptionOf } from '../../schema/decorators/description.decorator.js';
import { checkNames } from './client-names.js';
import { errorResult, toCallResult } from './call-result.js';
import { definitionProblems } from './definition-problems.js';
import { deriveToolName } from './derive-tool-name.js';
import { ToolLists } from './listing/tool-lists.js';
import { planOutput } from './output-plan.js';
import { checkParamHeaders, paramHeaderMismatch, planParamHeaders } from './param-headers-plan.js';
import { outputResult } from './output-result.js';
import { ResultBudget } from './results/budget.js';
import { ToolCatalog } from './tool.catalog.js';
import { toolDefinition } from './tool.definition.js';
import type { ToolEntry } from './tool.entry.js';
import { boundedFailure } from './bounded-failure.js';
import { deadlineOf, limiterOf } from './tool-limits.js';
import { isToolName } from './tool-name.js';
import type { McpToolMetadata } from './tool-options.interface.js';
import { readToolMetadata } from './tool-options.table.js';
import { metaOf } from './tool-meta.decorator.js';
import { ToolRunner } from './tool.runner.js';

/** In place of the result of a call that is over. */
const NOT_SENT = new RawJson('{}');

/** Tools: what `@McpTool()` methods become, `tools/list` and `tools/call`. */
@Injectable()
export class ToolsFeature implements McpFeature {
  readonly typeKey = MCP_TOOL_TYPE;
  readonly methodKey = MCP_TOOL;
  readonly handlers = {
    'tools/list': (call: McpCall) => this.lists.list(call),
    'tools/call': (call: McpCall) => this.call(call),
  };

  constructor(
    private readonly binder: MethodBinder,
    private readonly runner: ToolRunner,
    private readonly catalog: ToolCatalog,
    private readonly lists: ToolLists,
    private readonly visibility: VisibilityFinder,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  summary(): string {
    const { size } = this.catalog;
    return size === 1 ? '1 tool' : `${size} tools`;
  }

  add(method: DiscoveredMethod): readonly string[] {
    const { hostClass, methodName, moduleName, callee } = method;
    const { metadata, problems: misused } = readToolMetadata(method);
    const name = metadata.name ?? deriveToolName(methodName);
    const problems = [...misused];
    if (!isToolName(name)) problems.push(INVALID_NAME(hostClass.name, methodName, name));
    const limits = this.limitsOf(method, metadata);
    const bound = this.binder.bind(method, metadata.declaredTypes, metadata.input);
    const planned = planOutput(method, metadata);
    for (const part of [limits, planned]) if ('problem' in part) problems.push(part.problem);
    if ('problems' in bound) return [...problems, ...bound.problems];
    const mirrored = planParamHeaders(method, bound.inputSchema);
    problems.push(...mirrored.problems);
    if ('problem' in limits || 'problem' in planned) return problems;
    const { output } = planned;
    const description =
      metadata.description ?? descriptionOf(hostClass.prototype as object, methodName);
    const options = { ...metadata, meta: metadata.meta ?? metaOf(callee) };
    const definition = toolDefinition(
      name,
      options,
      description,
      bound.inputSchema,
      output?.jsonSchema,
    );
    const where = `${hostClass.name}.${methodName}()`;
    problems.push(
      ...definitionProblems(definition).map((words) => INVALID_DEFINITION(where, words)),
      ...checkNames(where, definition, this.settings),
    );
    const entry: ToolEntry = {
      name,
      where,
      moduleName,
      definition,
      output,
      invoke: bound.invoke,
      paramHeaders: mirrored.headers,
      isVisible: this.visibility.checkOf(method),
      mimeType: metadata.mimeType,
      ...limits,
    };
    const taken = this.catalog.add(entry);
    return taken ? [...problems, duplicate(taken, entry)] : problems;
  }

  reaches(call: McpCall): boolean | Promise<boolean> {
    const { name, arguments: raw = {} } = call.params;
    if (call.method !== 'tools/call' || typeof name !== 'string' || !isJsonObject(raw))
      return false;
    const found = this.lists.visible(name, call);
    const isReached = (tool: ToolEntry | undefined): boolean =>
      tool !== undefined &&
      tool.limiter?.isFull !== true &&
      !paramHeaderMismatch(tool.paramHeaders ?? [], raw, call);
    return found instanceof Promise ? found.then(isReached) : isReached(found);
  }

  capabilities(): JsonObject {
    return this.catalog.size > 0 ? { tools: { listChanged: true } } : {};
  }

  /** A list that differs between callers is nobody else's. */
  cacheHint(method: string): McpCacheHint | undefined {
    if (method !== 'tools/list') return undefined;
    return this.lists.areShared ? this.settings.cache : personalHint(this.settings.cache);
  }

  private limitsOf(
    { hostClass, methodName }: DiscoveredMethod,
    metadata: McpToolMetadata,
  ): Pick<ToolEntry, 'deadline' | 'limiter'> | { problem: string } {
    try {
      return { deadline: deadlineOf(metadata, this.settings), limiter: limiterOf(metadata) };
    } catch (error) {
      return { problem: INVALID_LIMIT(hostClass.name, methodName, (error as Error).message) };
    }
  }

  private async call(call: McpCall): Promise<RawJson> {
    const { name, arguments: raw = {} } = call.params;
    if (typeof name !== 'string')
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, MISSING_TOOL_NAME);
    const found = this.lists.visible(name, call);
    const tool = found instanceof Promise ? await found : found;
    // Who may not see a tool does not learn either that it is there.
    if (tool === undefined)
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, UNKNOWN_TOOL(name));
    if (!isJsonObject(raw))
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, ARGUMENTS_NOT_AN_OBJECT);
    if (tool.paramHeaders) checkParamHeaders(tool.paramHeaders, raw, call);
    if (!call.isActive) return NOT_SENT;
    try {
      const returned = await this.runner.run(tool, raw, call);
      const budget = new ResultBudget(tool.name, this.settings.limits.resultBytes);
      const result: ToolResult = tool.output
        ? await outputResult(tool.output, returned, budget)
        : toCallResult(returned, budget);
      const codec = codecOf(call.peer.protocolVersion);
      const sent = codec.result(result, tool.definition.outputSchema);
      return this.bounded(tool, JSON.stringify(sent));
    } catch (thrown) {
      // Nobody hears of it, and a tool that heeds its signal mostly throws the reason: no failure to log.
      if (!call.isActive) return NOT_SENT;
      const { resultBytes } = this.settings.limits;
      return new RawJson(boundedFailure(tool, thrown, resultBytes));
    }
  }

  /** A result that a stream cannot carry must not take the stream, and every other call on it, down. */
  private bounded({ name }: ToolEntry, json: string): RawJson {
    const { resultBytes } = this.settings.limits;
    const raw = new RawJson(json);
    if (Buffer.byteLength(raw.text) <= resultBytes) return raw;
    return new RawJson(JSON.stringify(errorResult(RESULT_TOO_LARGE(name, resultBytes))));
  }
}

function duplicate(first: ToolEntry, second: ToolEntry): string {
  return DUPLICATE_NAME('tool', first.name, placeOf(first), placeOf(second));
}

function placeOf({ where, moduleName }: ToolEntry): string {
  return `${where} of ${moduleName}`;
}
