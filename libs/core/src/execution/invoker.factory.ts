import { Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ExternalContextCreator } from '@nestjs/core';
import type { JsonObject } from '../interfaces/json.js';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';
import type { ArgumentsPlan } from '../schema/arguments-plan.js';
import { CONTEXT_INDEX } from './ctx.decorator.js';
import { EnhancerFinder } from './enhancer-finder.js';
import type { McpContext } from './mcp-context.js';
import type { ParamBinding } from './param-binding.js';

/** Runs a bound method: raw arguments and context in, whatever the method gives out. */
export type Invoke = (raw: JsonObject, context: McpContext) => Promise<unknown>;

/** Position of the raw arguments among those that enhancers see. */
const ARGUMENTS_INDEX = 2;

/**
 * Binds methods of providers once, at boot. One without guards, interceptors, filters and pipes becomes
 * a direct call; any other goes through Nest's own pipeline, as a route handler does.
 */
@Injectable()
export class InvokerFactory {
  constructor(
    private readonly contexts: ExternalContextCreator,
    private readonly enhancers: EnhancerFinder,
  ) {}

  create(method: DiscoveredMethod, plan: ArgumentsPlan, bindings: readonly ParamBinding[]): Invoke {
    const isPlain = bindings.every(({ source }) => source !== 'application');
    return isPlain && !this.enhancers.any(method)
      ? direct(method, plan, bindings)
      : this.enhanced(method, plan);
  }

  private enhanced({ host, methodName }: DiscoveredMethod, plan: ArgumentsPlan): Invoke {
    const once = readOnce(plan);
    const invoke = this.contexts.create(
      host,
      methodOf(host, methodName),
      methodName,
      ROUTE_ARGS_METADATA,
      {
        // Nest asks for each parameter at its pipe stage, after guards and interceptors.
        exchangeKeyForValue: async (_type: number, name: unknown, args: unknown[]) =>
          argument(
            await once(args[ARGUMENTS_INDEX] as JsonObject, args[CONTEXT_INDEX] as McpContext),
            typeof name === 'string' ? name : undefined,
          ),
      },
    );
    return async (raw, context) => invoke(context.request, context.response, raw, context);
  }
}

function direct(
  { host, methodName }: DiscoveredMethod,
  plan: ArgumentsPlan,
  bindings: readonly ParamBinding[],
): Invoke {
  const callee = methodOf(host, methodName);
  const length = Math.max(0, ...bindings.map(({ index }) => index + 1));
  return async (raw, context) => {
    const values = await plan.read(raw);
    const args = Array.from<unknown>({ length });
    for (const binding of bindings)
      args[binding.index] =
        binding.source === 'arguments' ? argument(values, binding.name) : context;
    return callee.apply(host, args);
  };
}

/** Reads the arguments of a call once, however many parameters ask for them. */
function readOnce(plan: ArgumentsPlan): (raw: JsonObject, context: McpContext) => Promise<object> {
  const read = new WeakMap<McpContext, Promise<object>>();
  return (raw, context) => {
    const values = read.get(context) ?? plan.read(raw);
    read.set(context, values);
    return values;
  };
}

function argument(values: object, name: string | undefined): unknown {
  if (name === undefined) return values;
  return Object.hasOwn(values, name) ? (values as JsonObject)[name] : undefined;
}

function methodOf(host: object, methodName: string): (...args: unknown[]) => unknown {
  return (host as Record<string, (...args: unknown[]) => unknown>)[methodName] as never;
}
