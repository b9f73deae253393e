import { BadRequestException, Inject, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ExternalContextCreator, HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { InterceptorsConsumer } from '@nestjs/core/interceptors/interceptors-consumer.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { INVALID_ARGUMENTS } from '../../messages/call.messages.js';
import { type ArgumentsPlan, NO_ARGUMENTS } from '../../schema/arguments/arguments-plan.js';
import { InvalidArgumentsError } from '../../schema/findings/invalid-arguments.error.js';
import { paramsOf } from '../../schema/decorators/param.decorator.js';
import { argumentOf } from './argument-of.js';
import { contextTypeOf } from '../context/context-type.js';
import { ARGUMENTS_INDEX, CONTEXT_INDEX } from '../context/enhancer-arguments.js';
import { FilterAnswer } from './filter-answer.js';
import { strictGuards } from '../guards/strict-guards.js';
import { hostOfCall } from '../context/host-of-call.js';
import type { Invoke } from './invoke.interface.js';
import { McpContext } from '../context/mcp-context.js';
import { quietInterceptors } from '../enhancers/quiet-interceptors.js';
import { responseFacade } from './response-facade.js';
import { wholeValue } from '../results/whole-value.js';

/** Parameters as in Nest's own metadata, and one more; see {@link paramsKey}. */
const TOOL_PARAMS = 'nestmcp:tool-params';

type Handler = (...args: readonly unknown[]) => Promise<unknown>;

/** Gives Nest the value of an arguments parameter; asked at the pipe stage, after guards and interceptors. */
interface ParamsFactory {
  exchangeKeyForValue(type: number, name: unknown, args: readonly unknown[]): Promise<unknown>;
}

/** Nest's own default, to be said where something after it is. */
const EVERYTHING = { guards: true, interceptors: true, filters: true };

/** Calls a method through the pipeline that Nest puts around route handlers. */
@Injectable()
export class EnhancedInvoker {
  private readonly contexts: ExternalContextCreator;

  constructor(
    contexts: ExternalContextCreator,
    private readonly moduleRef: ModuleRef,
    private readonly http: HttpAdapterHost,
    @Inject(MCP_SETTINGS) { limits }: McpSettings,
  ) {
    this.contexts = ours(contexts, limits.resultBytes);
  }

  /** For a static provider with static enhancers: the pipeline is made here, once. */
  once(method: DiscoveredMethod, plan: ArgumentsPlan): Invoke {
    const handler: Handler = this.contexts.create(
      method.host,
      method.callee,
      method.methodName,
      paramsKey(method),
      PARAMS,
      undefined,
      undefined,
      EVERYTHING,
      contextTypeOf(this.http),
    );
    return (raw, context) => answered(handler, plan, raw, context);
  }

  /**
   * For a provider that is request-scoped, durable or transient, or has such an enhancer: provider,
   * enhancers and pipeline are made for each call, in a context of its own.
   */
  perCall(method: DiscoveredMethod, plan: ArgumentsPlan): Invoke {
    const { callee, methodName, provider } = method;
    const key = paramsKey(method);
    const hostOf = hostOfCall(provider, this.moduleRef);
    const contextType = contextTypeOf(this.http);
    return async (raw, context) => {
      const { host, contextId } = await hostOf(context);
      const handler: Handler = this.contexts.create(
        host,
        callee,
        methodName,
        key,
        PARAMS,
        contextId,
        provider.id,
        EVERYTHING,
        contextType,
      );
      return answered(handler, plan, raw, context);
    };
  }
}

/**
 * Nest's own pipeline, with our reading of guards and of results. Nest takes the last value of an Observable, fails on an empty one, and lets an async iterable through.
 * Here both are read to their end, as behind a direct call, and within reach of the filters.
 */
function ours(contexts: ExternalContextCreator, limit: number): ExternalContextCreator {
  const transformToResult = async (result: unknown): Promise<unknown> => {
    const context = McpContext.current();
    return context ? wholeValue(result, context, limit) : contexts.transformToResult(result);
  };
  const own = Object.create(contexts) as ExternalContextCreator;
  return Object.assign(own, {
    transformToResult,
    createGuardsFn: strictGuards,
    interceptorsConsumer: quietInterceptors(
      Reflect.get(contexts, 'interceptorsConsumer') as InterceptorsConsumer,
    ),
  });
}

/**
 * Key of the metadata that Nest reads parameters from. Only for a parameter are arguments read: a tool
 * that takes none gets one more, which it never looks at, and so refuses arguments when all others do.
 */
function paramsKey({ hostClass, methodName }: DiscoveredMethod): string {
  if (paramsOf(hostClass, methodName).length > 0) return ROUTE_ARGS_METADATA;
  const params = (Reflect.getMetadata(ROUTE_ARGS_METADATA, hostClass, methodName) ?? {}) as object;
  const index = Object.keys(params).length;
  const all = { ...params, [`${RouteParamtypes.BODY}:${index}`]: { index, pipes: [] } };
  Reflect.defineMetadata(TOOL_PARAMS, all, hostClass, methodName);
  return TOOL_PARAMS;
}

/** What a call reads its arguments by, and what it read. */
interface Reading {
  readonly plan: ArgumentsPlan;
  values?: Promise<object>;
}

const readings = new WeakMap<McpContext, Reading>();

/**
 * One for all methods: Nest keeps the first that it sees for a method of a class, and one method hosts
 * every tool that is added at run time. Arguments are read once for a call, however many parameters ask.
 */
const PARAMS: ParamsFactory = {
  async exchangeKeyForValue(_, name, args) {
    const context = args[CONTEXT_INDEX] as McpContext;
    const reading = readings.get(context) ?? { plan: NO_ARGUMENTS };
    reading.values ??= readArguments(reading.plan, args[ARGUMENTS_INDEX], context);
    return argumentOf(await reading.values, typeof name === 'string' ? name : undefined);
  },
};

/** Bad arguments are what they are on a route: a 400, whose words a filter of the application may show. */
async function readArguments(
  plan: ArgumentsPlan,
  raw: unknown,
  { tool }: McpContext,
): Promise<object> {
  try {
    return await plan.read(raw as JsonObject);
  } catch (error) {
    if (!(error instanceof InvalidArgumentsError)) throw error;
    throw new BadRequestException(INVALID_ARGUMENTS(tool.name, error.findings), { cause: error });
  }
}

/**
 * A filter of the application answers by writing to the response, and Nest, which knows that of routes
 * only, takes the exception for unhandled: what was written counts.
 */
async function answered(
  handler: Handler,
  plan: ArgumentsPlan,
  raw: JsonObject,
  context: McpContext,
): Promise<unknown> {
  readings.set(context, { plan });
  const { response, answer } = responseFacade(context.response ?? {});
  const written = (): FilterAnswer | undefined => {
    const sent = answer();
    return sent && new FilterAnswer(sent.status, sent.body);
  };
  try {
    const returned = await handler(context.request, response, raw, context);
    return written() ?? returned;
  } catch (thrown) {
    const instead = written();
    if (instead === undefined) throw thrown;
    return instead;
  }
}
