import { BadRequestException, Inject, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ExternalContextCreator, HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { ExternalExceptionFilterContext } from '@nestjs/core/exceptions/external-exception-filter-context.js';
import type { ContextUtils } from '@nestjs/core/helpers/context-utils.js';
import type { InterceptorsConsumer } from '@nestjs/core/interceptors/interceptors-consumer.js';
import type { PipesConsumer } from '@nestjs/core/pipes/pipes-consumer.js';
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
import { inModuleOf, isController } from '../enhancers/in-module-of.js';
import { quietFilters } from '../enhancers/quiet-filters.js';
import { quietInterceptors } from '../enhancers/quiet-interceptors.js';
import {
  filtersWithoutHttp,
  parametersWithoutHttp,
  pipesWithoutHttp,
} from '../without-http/stages-without-http.js';
import { responseFacade } from './response-facade.js';
import { wholeValue } from '../results/whole-value.js';

/** The key of the route metadata with one more parameter; see {@link paramsKey}. */
const CALL_PARAMS = 'nestmcp:call-params';

type Handler = (...args: readonly unknown[]) => Promise<unknown>;

/** Supplies the values of argument parameters to Nest. Called at the pipe stage, after guards and interceptors. */
interface ParamsFactory {
  exchangeKeyForValue(type: number, name: unknown, args: readonly unknown[]): Promise<unknown>;
}

/** Nest's default. It has to be passed because a later parameter is. */
const EVERYTHING = { guards: true, interceptors: true, filters: true };

/** Calls methods through Nest's pipeline of guards, interceptors, pipes and filters, as a route handler is called. */
@Injectable()
export class EnhancedInvoker {
  private readonly overHttp: ExternalContextCreator;
  private readonly withoutHttp: ExternalContextCreator;

  constructor(
    contexts: ExternalContextCreator,
    private readonly moduleRef: ModuleRef,
    private readonly http: HttpAdapterHost,
    @Inject(MCP_SETTINGS) { limits }: McpSettings,
  ) {
    this.overHttp = adapted(contexts, limits.resultBytes);
    this.withoutHttp = adapted(explaining(contexts), limits.resultBytes);
  }

  /** The adapter is known only when the application is initialized. */
  private get contexts(): ExternalContextCreator {
    return contextTypeOf(this.http) === 'http' ? this.overHttp : this.withoutHttp;
  }

  /** For a static provider with static enhancers: creates the pipeline once, here. */
  once(method: DiscoveredMethod, plan: ArgumentsPlan): Invoke {
    const { provider } = method;
    const handler: Handler = inModuleOf(this.contexts, provider).create(
      method.host,
      method.callee,
      method.methodName,
      paramsKey(method),
      PARAMS,
      undefined,
      // Nest finds this for providers itself. Transient enhancers are made for each host.
      isController(provider) ? provider.id : undefined,
      EVERYTHING,
      contextTypeOf(this.http),
    );
    return (raw, context) => answered(handler, plan, raw, context);
  }

  /**
   * For a provider that is request-scoped, durable or transient, or has such an enhancer. Each call creates the
   * provider, the enhancers and the pipeline in a dependency-injection context of its own.
   */
  perCall(method: DiscoveredMethod, plan: ArgumentsPlan): Invoke {
    const { callee, methodName, provider } = method;
    const key = paramsKey(method);
    const hostOf = hostOfCall(provider, this.moduleRef);
    const contextType = contextTypeOf(this.http);
    const contexts = inModuleOf(this.contexts, provider);
    return async (raw, context) => {
      const { host, contextId } = await hostOf(context);
      const handler: Handler = contexts.create(
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
 * Nest's pipeline with other handling of guards, of results and of errors that no filter handles. Nest would fail on an empty
 * Observable, and return an async iterable unread. Here both are read to their end, as in a direct call, and inside the
 * pipeline, so that filters get their errors.
 */
function adapted(contexts: ExternalContextCreator, limit: number): ExternalContextCreator {
  const transformToResult = async (result: unknown): Promise<unknown> => {
    const context = McpContext.current();
    return context ? wholeValue(result, context, limit) : contexts.transformToResult(result);
  };
  const own = Object.create(contexts) as ExternalContextCreator;
  return Object.assign(own, {
    transformToResult,
    createGuardsFn: strictGuards,
    filtersContextCreator: quietFilters(
      Reflect.get(contexts, 'filtersContextCreator') as ExternalExceptionFilterContext,
    ),
    interceptorsConsumer: quietInterceptors(
      Reflect.get(contexts, 'interceptorsConsumer') as InterceptorsConsumer,
    ),
  });
}

/** Nest's pipeline for calls without HTTP: it names the pipe, filter or parameter decorator that needs a request. */
function explaining(contexts: ExternalContextCreator): ExternalContextCreator {
  return Object.assign(Object.create(contexts) as ExternalContextCreator, {
    contextUtils: parametersWithoutHttp(Reflect.get(contexts, 'contextUtils') as ContextUtils),
    pipesConsumer: pipesWithoutHttp(Reflect.get(contexts, 'pipesConsumer') as PipesConsumer),
    filtersContextCreator: filtersWithoutHttp(
      Reflect.get(contexts, 'filtersContextCreator') as ExternalExceptionFilterContext,
    ),
  });
}

/**
 * The key of the metadata from which Nest reads the parameters. Arguments are validated when a parameter asks for
 * them, so a tool without arguments gets one more parameter, which it ignores. It then refuses unknown arguments at
 * the same stage as all other tools.
 */
function paramsKey({ hostClass, methodName }: DiscoveredMethod): string {
  if (paramsOf(hostClass, methodName).length > 0) return ROUTE_ARGS_METADATA;
  const params = (Reflect.getMetadata(ROUTE_ARGS_METADATA, hostClass, methodName) ?? {}) as object;
  const index = Object.keys(params).length;
  const all = { ...params, [`${RouteParamtypes.BODY}:${index}`]: { index, pipes: [] } };
  Reflect.defineMetadata(CALL_PARAMS, all, hostClass, methodName);
  return CALL_PARAMS;
}

/** The arguments plan of a call, and the arguments once they are read. */
interface Reading {
  readonly plan: ArgumentsPlan;
  values?: Promise<object>;
}

const readings = new WeakMap<McpContext, Reading>();

/**
 * One factory for all methods, because Nest caches the first factory of each method, and every tool that is added at
 * run time has the same method. A call reads its arguments once, for all its parameters.
 */
const PARAMS: ParamsFactory = {
  async exchangeKeyForValue(_, name, args) {
    const context = args[CONTEXT_INDEX] as McpContext;
    const reading = readings.get(context) ?? { plan: NO_ARGUMENTS };
    reading.values ??= readArguments(reading.plan, args[ARGUMENTS_INDEX], context);
    return argumentOf(await reading.values, typeof name === 'string' ? name : undefined);
  },
};

/** @throws BadRequestException when arguments break a rule, as on a route, so that filters of the application can handle it */
async function readArguments(
  plan: ArgumentsPlan,
  raw: unknown,
  { primitive }: McpContext,
): Promise<object> {
  try {
    return await plan.read(raw as JsonObject);
  } catch (error) {
    if (!(error instanceof InvalidArgumentsError)) throw error;
    throw new BadRequestException(INVALID_ARGUMENTS(primitive, error.findings), { cause: error });
  }
}

/**
 * Runs a call. A filter of the application may write to the response instead of returning a value, which Nest
 * supports only on routes: it still throws the exception. What was written then becomes the result.
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
