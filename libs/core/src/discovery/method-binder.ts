import { Inject, Injectable } from '@nestjs/common';
import { EnhancerFinder } from '../execution/enhancers/enhancer-finder.js';
import type { Invoke } from '../execution/invocation/invoke.interface.js';
import { InvokerFactory } from '../execution/invocation/invoker.factory.js';
import type { JsonSchema } from '../interfaces/json.js';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { McpLogger } from '../runtime/mcp-logger.js';
import { paramOptionProblems } from '../schema/param-options.table.js';
import { argumentsPublishing, type Publishing } from '../schema/class-validator/publishing.js';
import type { SchemaLike } from '../schema/standard/schema-like.interface.js';
import { planArguments } from './arguments-planner.js';
import { bindParams } from './param-bindings.js';

/** A method ready to be called, or everything that is wrong with it. */
export type BoundMethod =
  | { readonly invoke: Invoke; readonly inputSchema: JsonSchema }
  | { readonly problems: readonly string[] };

/** Makes decorated methods callable with the arguments of a call. */
@Injectable()
export class MethodBinder {
  private readonly publishing: Publishing;
  private readonly logger = new McpLogger();
  private readonly warned = new Set<string>();

  constructor(
    private readonly invokers: InvokerFactory,
    private readonly enhancers: EnhancerFinder,
    @Inject(MCP_SETTINGS) settings: McpSettings,
  ) {
    this.publishing = argumentsPublishing(settings.publishOptionalNull);
  }

  /** Logs a warning about a class once, however many methods take it. */
  private warn(warning: string): void {
    if (this.warned.has(warning)) return;
    this.warned.add(warning);
    this.logger.warn(warning);
  }

  /**
   * `declaredTypes` are the parameter types that the compiler emitted, if it did. `input` is a schema of all arguments,
   * instead of the parameters.
   */
  bind(
    method: DiscoveredMethod,
    declaredTypes: readonly unknown[],
    input?: SchemaLike,
  ): BoundMethod {
    const { bindings, problems } = bindParams(method, declaredTypes);
    const misused = paramOptionProblems(method.hostClass, method.methodName);
    if (misused.length > 0) return { problems: [...misused, ...problems] };
    const planned = planArguments(method, declaredTypes, input, this.publishing);
    const all = [...problems, ...planned.problems, ...this.enhancers.problemsOf(method)];
    if (all.length > 0 || planned.plan === undefined) return { problems: all };
    for (const warning of planned.plan.warnings ?? []) this.warn(warning);
    return {
      invoke: this.invokers.create(method, planned.plan, bindings),
      inputSchema: planned.plan.inputSchema,
    };
  }
}
