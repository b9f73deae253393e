import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import {
  ENTRY_PROVIDER_WATERMARK,
  PARAMTYPES_METADATA,
  ROUTE_ARGS_METADATA,
  SCOPE_OPTIONS_METADATA,
} from '@nestjs/common/constants.js';
import { Ctx } from '../../execution/context/context.decorators.js';
import { McpContext } from '../../execution/context/mcp-context.js';
import { MCP_PARAMS, MCP_SERVERS, MCP_TOOL, MCP_TOOL_TYPE } from '../../interfaces/mcp.metadata.js';
import { namesOf } from '../../interfaces/server-name.js';
import { paramsOf } from '../../schema/decorators/param.decorator.js';
import type {
  McpToolMetadata,
  McpToolOptions,
  McpToolTypeOptions,
} from './tool-options.interface.js';

/**
 * Marks a class whose methods are tools, and makes it injectable: list it in the `providers` of any
 * module. A scope set by `@Injectable()` beside it stays.
 */
export function McpToolType({ server, ...options }: McpToolTypeOptions = {}): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(MCP_TOOL_TYPE, true, target);
    // Undefined hides what a base class names; an empty list is not the same as none, and stops the start.
    Reflect.defineMetadata(MCP_SERVERS, server === undefined ? undefined : namesOf(server), target);
    Reflect.defineMetadata(ENTRY_PROVIDER_WATERMARK, true, target);
    const set: unknown = Reflect.getOwnMetadata(SCOPE_OPTIONS_METADATA, target);
    Injectable({ ...options, ...(set as object | undefined) })(target);
  };
}

/**
 * Makes a method of a {@link McpToolType} class a tool.
 * @param descriptionOrOptions the description for the model, or all options.
 */
export function McpTool(descriptionOrOptions: string | McpToolOptions = {}): MethodDecorator {
  return (target, methodName, descriptor) => {
    forgetInheritedParams(target, methodName);
    const declared: unknown = Reflect.getOwnMetadata(PARAMTYPES_METADATA, target, methodName);
    const declaredTypes: readonly unknown[] = Array.isArray(declared) ? declared : [];
    const options =
      typeof descriptionOrOptions === 'string'
        ? { description: descriptionOrOptions }
        : descriptionOrOptions;
    const metadata: McpToolMetadata = { ...options, declaredTypes };
    Reflect.defineMetadata(MCP_TOOL, metadata, descriptor.value as object);
    bindContextByType(target, methodName, declaredTypes);
    hideArgumentsClass(target, methodName, declaredTypes);
  };
}

/** A tool that overrides another has the parameters that it declares itself, be it none. */
function forgetInheritedParams({ constructor }: object, methodName: string | symbol): void {
  for (const [key, none] of [
    [MCP_PARAMS, []],
    [ROUTE_ARGS_METADATA, {}],
  ] as const)
    if (!Reflect.hasOwnMetadata(key, constructor, methodName))
      Reflect.defineMetadata(key, none, constructor, methodName);
}

/** `ctx: McpContext` needs no decorator where the compiler emits the type. */
function bindContextByType(
  target: object,
  methodName: string | symbol,
  types: readonly unknown[],
): void {
  for (const [index, type] of types.entries())
    if (type === McpContext) Ctx()(target, methodName, index);
}

/** What a `ValidationPipe` leaves alone by itself. */
const SCALARS: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array]);

/**
 * The arguments were transformed and validated when a pipe sees them. A global `ValidationPipe` leaves
 * values of type Object alone; with the class it would run every `@Transform` a second time.
 */
function hideArgumentsClass(
  target: object,
  methodName: string | symbol,
  types: readonly unknown[],
): void {
  if (types.length === 0) return;
  const bound = new Set(paramsOf(target.constructor, String(methodName)).map(({ index }) => index));
  Reflect.defineMetadata(
    PARAMTYPES_METADATA,
    types.map((type, index) => (bound.has(index) && !SCALARS.has(type) ? Object : type)),
    target,
    methodName,
  );
}
