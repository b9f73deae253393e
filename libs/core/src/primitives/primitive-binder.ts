import { Inject, Injectable } from '@nestjs/common';
import { MethodBinder } from '../discovery/method-binder.js';
import { VisibilityFinder } from '../execution/visibility/visibility-finder.js';
import type { JsonSchema } from '../interfaces/json.js';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { INVALID_LIMIT, INVALID_NAME } from '../messages/boot.messages.js';
import type { SchemaLike } from '../schema/standard/schema-like.interface.js';
import { type CallLimitOptions, callLimitsOf } from './entry/call-limits.js';
import type { MethodMetadata } from './decorators/mark-method.js';
import type { BoundPrimitive } from './entry/primitive-entry.interface.js';
import { isPrimitiveName } from './entry/primitive-name.js';

/** The options of a decorated method that decide how it is called. */
export interface BindingOptions extends CallLimitOptions, MethodMetadata {
  /** Schema of all arguments, instead of the parameters. */
  readonly input?: SchemaLike;
}

/** A decorated method as a primitive, as far as it could be bound. */
export interface Binding {
  /** Undefined if anything other than the name is wrong. */
  readonly bound: BoundPrimitive | undefined;
  /** JSON Schema of the arguments; undefined if they cannot be bound. */
  readonly inputSchema: JsonSchema | undefined;
  readonly problems: readonly string[];
}

/** Binds decorated methods: their arguments, guards, visibility and limits. */
@Injectable()
export class PrimitiveBinder {
  constructor(
    private readonly methods: MethodBinder,
    private readonly visibility: VisibilityFinder,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  bind(method: DiscoveredMethod, name: string, options: BindingOptions): Binding {
    const { kind, hostClass, methodName, moduleName } = method;
    const problems: string[] = [];
    if (!isPrimitiveName(name)) problems.push(INVALID_NAME(kind, hostClass.name, methodName, name));
    const limits = callLimitsOf(options, this.settings, (reason) =>
      INVALID_LIMIT(kind, hostClass.name, methodName, reason),
    );
    if ('problem' in limits) problems.push(limits.problem);
    const callable = this.methods.bind(method, options.declaredTypes, options.input);
    if ('problems' in callable)
      return {
        bound: undefined,
        inputSchema: undefined,
        problems: [...problems, ...callable.problems],
      };
    const { invoke, inputSchema } = callable;
    if ('problem' in limits) return { bound: undefined, inputSchema, problems };
    const bound: BoundPrimitive = {
      kind: kind.name,
      name,
      where: `${hostClass.name}.${methodName}()`,
      moduleName,
      invoke,
      isVisible: this.visibility.checkOf(method),
      ...limits,
    };
    return { bound, inputSchema, problems };
  }
}
