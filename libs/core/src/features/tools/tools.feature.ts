import { Injectable } from '@nestjs/common';
import { MethodBinder } from '../../discovery/method-binder.js';
import { logFailure } from '../../execution/failure-reference.js';
import type { Invoke } from '../../execution/invoker.factory.js';
import { McpContext } from '../../execution/mcp-context.js';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import type { DiscoveredMethod, McpFeature } from '../../interfaces/mcp-feature.interface.js';
import { MCP_TOOL, MCP_TOOL_TYPE } from '../../interfaces/mcp.metadata.js';
import { DUPLICATE_NAME, INVALID_NAME } from '../../messages/boot.messages.js';
import {
  ARGUMENTS_NOT_AN_OBJECT,
  INVALID_ARGUMENTS,
  INVALID_CURSOR,
  MISSING_TOOL_NAME,
  TOOL_FAILED,
  UNKNOWN_TOOL,
} from '../../messages/call.messages.js';
import { RawJson } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../../protocol/mcp-protocol.exception.js';
import type { CallToolResult, Tool } from '../../protocol/sdk.js';
import { PrimitiveRegistry } from '../../registry/primitive.registry.js';
import { descriptionOf } from '../../schema/description.decorator.js';
import { InvalidArgumentsError } from '../../schema/invalid-arguments.error.js';
import { errorResult, toCallResult } from './call-result.js';
import { deriveToolName } from './derive-tool-name.js';
import { toolDefinition } from './tool.definition.js';
import type { McpToolMetadata } from './tool-options.interface.js';

interface ToolEntry {
  readonly name: string;
  /** `Class.method()`, for reports and logs. */
  readonly where: string;
  readonly moduleName: string;
  readonly definition: Tool;
  readonly invoke: Invoke;
}

const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Tools: what `@McpTool()` methods become, `tools/list` and `tools/call`. */
@Injectable()
export class ToolsFeature implements McpFeature {
  readonly typeKey = MCP_TOOL_TYPE;
  readonly methodKey = MCP_TOOL;
  readonly handlers = {
    'tools/list': (call: McpCall) => this.list(call.params),
    'tools/call': (call: McpCall) => this.call(call),
  };
  private readonly registry = new PrimitiveRegistry<ToolEntry>();
  private listed: RawJson | undefined;

  constructor(private readonly binder: MethodBinder) {}

  summary(): string {
    const { size } = this.registry;
    return size === 1 ? '1 tool' : `${size} tools`;
  }

  add(method: DiscoveredMethod): readonly string[] {
    const { hostClass, methodName, moduleName, callee } = method;
    const metadata = Reflect.getMetadata(MCP_TOOL, callee) as McpToolMetadata;
    const name = metadata.name ?? deriveToolName(methodName);
    const problems = TOOL_NAME.test(name) ? [] : [INVALID_NAME(hostClass.name, methodName, name)];
    const bound = this.binder.bind(method, metadata.declaredTypes);
    if ('problems' in bound) return [...problems, ...bound.problems];
    const description =
      metadata.description ?? descriptionOf(hostClass.prototype as object, methodName);
    const where = `${hostClass.name}.${methodName}()`;
    const definition = toolDefinition(name, metadata, description, bound.inputSchema);
    const entry: ToolEntry = { name, where, moduleName, definition, invoke: bound.invoke };
    const taken = this.registry.add(entry);
    return taken ? [...problems, duplicate(taken, entry)] : problems;
  }

  capabilities(): JsonObject {
    return this.registry.size > 0 ? { tools: {} } : {};
  }

  /** The list never changes after boot: it is serialized once, and spliced into every answer. */
  private list({ cursor }: JsonObject): RawJson {
    if (cursor !== undefined)
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, INVALID_CURSOR);
    this.listed ??= new RawJson(
      JSON.stringify({ tools: this.registry.all().map(({ definition }) => definition) }),
    );
    return this.listed;
  }

  private async call(call: McpCall): Promise<RawJson> {
    const { name, arguments: raw = {} } = call.params;
    if (typeof name !== 'string')
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, MISSING_TOOL_NAME);
    const tool = this.registry.get(name);
    if (tool === undefined)
      throw new McpProtocolException(
        JsonRpcErrorCode.InvalidParams,
        UNKNOWN_TOOL(name.slice(0, 128)),
      );
    if (!isJsonObject(raw))
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, ARGUMENTS_NOT_AN_OBJECT);
    try {
      const returned = await tool.invoke(raw, new McpContext(call, tool, () => undefined));
      return new RawJson(JSON.stringify(toCallResult(returned)));
    } catch (thrown) {
      return new RawJson(JSON.stringify(failureOf(tool, thrown)));
    }
  }
}

function duplicate(first: ToolEntry, second: ToolEntry): string {
  return DUPLICATE_NAME('tool', first.name, placeOf(first), placeOf(second));
}

function placeOf({ where, moduleName }: ToolEntry): string {
  return `${where} of ${moduleName}`;
}

/** Whatever goes wrong once a tool was found is a result that the model can act on. */
function failureOf({ name, where }: ToolEntry, thrown: unknown): CallToolResult {
  if (thrown instanceof InvalidArgumentsError)
    return errorResult(INVALID_ARGUMENTS(name, thrown.findings));
  return errorResult(TOOL_FAILED(name, logFailure(where, thrown)));
}
