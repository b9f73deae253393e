import { Inject, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { contextReader } from '../execution/context/context.decorators.js';
import { EnhancerFinder } from '../execution/enhancers/enhancer-finder.js';
import type { Invoke } from '../execution/invocation/invoke.interface.js';
import { InvokerFactory } from '../execution/invocation/invoker.factory.js';
import type { ParamBinding } from '../execution/invocation/param-binding.js';
import type { JsonSchema } from '../interfaces/json.js';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { NEST_PARAM, UNBOUND_PARAMETER } from '../messages/boot.messages.js';
import { paramOptionProblems } from '../schema/param-options.table.js';
import { paramsOf } from '../schema/decorators/param.decorator.js';
import { argumentsPublishing, type Publishing } from '../schema/class-validator/publishing.js';
import type { SchemaLike } from '../schema/sources/schema-like.interface.js';
import { planArguments } from './arguments-planner.js';

/** A method ready to be called, or everything that is wrong with it. */
export type BoundMethod =
  | { readonly invoke: Invoke; readonly inputSchema: JsonSchema }
  | { readonly problems: readonly string[] };

interface RouteArg {
  readonly index: number;
  readonly factory?: unknown;
}

/** Makes decorated methods callable with the arguments of a call. */
@Injectable()
export class MethodBinder {
  private readonly publishing: Publishing;

  constructor(
    private readonly invokers: InvokerFactory,
    private readonly enhancers: EnhancerFinder,
    @Inject(MCP_SETTINGS) settings: McpSettings,
  ) {
    this.publishing = argumentsPublishing(settings.publishOptionalNull);
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
    return {
      invoke: this.invokers.create(method, planned.plan, bindings),
      inputSchema: planned.plan.inputSchema,
    };
  }
}

function bindParams(
  { hostClass, methodName, callee }: DiscoveredMethod,
  declaredTypes: readonly unknown[],
): { bindings: ParamBinding[]; problems: string[] } {
  const bindings: ParamBinding[] = [];
  const problems: string[] = [];
  const ours = new Map(paramsOf(hostClass, methodName).map((param) => [param.index, param]));
  const routeArgs: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, hostClass, methodName) ?? {};
  for (const [key, { index, factory }] of Object.entries(routeArgs as Record<string, RouteArg>)) {
    const param = ours.get(index);
    const read = contextReader(factory);
    if (param) bindings.push({ index, source: 'arguments', name: param.name });
    else if (read) bindings.push({ index, source: 'context', read });
    else if (factory !== undefined) bindings.push({ index, source: 'application' });
    else problems.push(NEST_PARAM(hostClass.name, methodName, nestDecorator(key)));
  }
  const decorated = new Set(
    Object.values(routeArgs as Record<string, RouteArg>).map((arg) => arg.index),
  );
  const count = Math.max(declaredTypes.length, callee.length);
  for (let index = 0; index < count; index++)
    if (!decorated.has(index))
      problems.push(
        UNBOUND_PARAMETER(hostClass.name, methodName, index, typeName(declaredTypes[index])),
      );
  return { bindings, problems };
}

function typeName(type: unknown): string {
  return typeof type === 'function' ? type.name : 'of unknown type';
}

/** The key of Nest's `@Param()` is `5:0`; the number is a member of an enum in capitals. */
function nestDecorator(key: string): string {
  const type = RouteParamtypes[Number(key.split(':')[0])] ?? 'a route decorator';
  return `@${type.charAt(0)}${type.slice(1).toLowerCase()}()`;
}
