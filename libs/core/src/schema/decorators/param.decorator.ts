import 'reflect-metadata';
import type { PipeTransform } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MCP_PARAMS } from '../../interfaces/mcp.metadata.js';
import { paramDescriptionsOf } from './description.decorator.js';
import { hostOfParam } from './host-of-param.js';
import type {
  ParamMetadata,
  ParamOptions,
  ParamPipe,
  ValidationRule,
} from './param-options.interface.js';

type ParamPart = ParamOptions | ValidationRule | ParamPipe;

/**
 * Binds a parameter of a tool to an argument of the call.
 *
 * `@Param()` binds the whole arguments object, as a class with class-validator rules.
 * `@Param('name', …)` binds one argument: a description, an options object, class-validator rules and
 * Nest pipes may follow, in that order. Several options objects are read as one. Without more, `@Param('x') x: string` is a required string.
 *
 * @example
 * find(@Param('limit', 'How many', { default: 10 }, IsInt(), Max(100)) limit: number)
 */
export function Param(
  name?: string,
  description?: string,
  ...parts: ParamPart[]
): ParameterDecorator;
export function Param(name: string | undefined, ...parts: ParamPart[]): ParameterDecorator;
export function Param(
  name?: string,
  ...rest: (string | ParamPart | undefined)[]
): ParameterDecorator {
  return (target, methodName, index) => {
    if (methodName === undefined)
      throw new TypeError('@Param() belongs on a parameter of a method');
    const description = rest.find((part) => typeof part === 'string');
    const parts = rest.filter((part) => part !== undefined && typeof part !== 'string');
    const pipes = parts.filter(isPipe);
    const metadata: ParamMetadata = {
      index,
      name,
      options: Object.assign(
        description === undefined ? {} : { description },
        ...parts.filter(isOptions),
      ) as ParamOptions,
      rules: parts.filter(isRule),
      pipes,
    };
    store(hostOfParam(target), methodName, metadata, pipes);
  };
}

/** The metadata of every `@Param()` of a method, with the text of `@Description()`, in the order of its parameters. */
export function paramsOf(hostClass: object, methodName: string): readonly ParamMetadata[] {
  const params: unknown = Reflect.getMetadata(MCP_PARAMS, hostClass, methodName);
  if (!Array.isArray(params)) return [];
  const texts = paramDescriptionsOf(hostClass, methodName);
  return (params as ParamMetadata[])
    .map((param) => described(param, texts.get(param.index)))
    .toSorted((a, b) => a.index - b.index);
}

function described(param: ParamMetadata, description: string | undefined): ParamMetadata {
  if (description === undefined) return param;
  const { options } = param;
  return { ...param, options: { ...options, description: options.description ?? description } };
}

/**
 * Also writes the metadata of a route's body parameter. Nest's scanner then resolves pipe classes with their
 * dependencies, and pipes see `metadata.type === 'body'`, as on a REST route.
 */
function store(
  host: object,
  methodName: string | symbol,
  param: ParamMetadata,
  pipes: readonly ParamPipe[],
): void {
  const params: unknown = Reflect.getOwnMetadata(MCP_PARAMS, host, methodName);
  Reflect.defineMetadata(
    MCP_PARAMS,
    [...(Array.isArray(params) ? params : []), param],
    host,
    methodName,
  );
  const routeArgs: unknown = Reflect.getOwnMetadata(ROUTE_ARGS_METADATA, host, methodName);
  Reflect.defineMetadata(
    ROUTE_ARGS_METADATA,
    {
      ...(routeArgs as object | undefined),
      [`${RouteParamtypes.BODY}:${param.index}`]: { index: param.index, data: param.name, pipes },
    },
    host,
    methodName,
  );
}

function isPipe(part: ParamPart): part is ParamPipe {
  const prototype: unknown = typeof part === 'function' ? part.prototype : part;
  return typeof (prototype as Partial<PipeTransform> | undefined)?.transform === 'function';
}

function isRule(part: ParamPart): part is ValidationRule {
  return typeof part === 'function' && !isPipe(part);
}

function isOptions(part: ParamPart): part is ParamOptions {
  return typeof part === 'object' && !isPipe(part);
}
