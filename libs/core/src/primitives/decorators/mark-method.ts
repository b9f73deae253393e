import 'reflect-metadata';
import { PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { rememberMember } from '../../discovery/decorated-members.js';
import { Ctx } from '../../execution/context/context.decorators.js';
import { McpContext } from '../../execution/context/mcp-context.js';
import {
  MCP_DECLARED_TYPES,
  MCP_PARAM_DESCRIPTIONS,
  MCP_PARAMS,
} from '../../interfaces/mcp.metadata.js';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import { STANDARD_DECORATORS } from '../../messages/parameter-types.messages.js';
import { paramsOf } from '../../schema/decorators/param.decorator.js';

/** The metadata of a decorated method, beside the options of its decorator. */
export interface MethodMetadata {
  /** The parameter types that the compiler emitted. Empty if it emitted none. */
  readonly declaredTypes: readonly unknown[];
}

/** Marks a method as a primitive of a kind, and keeps the options of its decorator. */
export function markMethod(kind: PrimitiveKind, options: object): MethodDecorator {
  const { methodKey } = kind;
  return (target, methodName, descriptor) => {
    refuseStandard(kind.methodDecorator, methodName);
    // The boot report names a member that is not a method of instances.
    if (rememberMember(kind, target, methodName, descriptor) !== 'method') return;
    forgetInheritedParams(target, methodName);
    const declaredTypes = declaredTypesOf(target, methodName);
    Reflect.defineMetadata(methodKey, { ...options, declaredTypes }, descriptor.value as object);
    bindContextByType(target, methodName, declaredTypes);
    hideArgumentsClass(target, methodName, declaredTypes);
  };
}

/** A standard decorator of ECMAScript gets an object in place of a name. */
function refuseStandard(decorator: string, name: unknown): void {
  if (typeof name === 'object' && name !== null)
    throw new TypeError(STANDARD_DECORATORS(decorator, String((name as { name?: unknown }).name)));
}

/** The types as the compiler emitted them. The first decorator of a kind keeps them, because it hides some of them. */
function declaredTypesOf(target: object, methodName: string | symbol): readonly unknown[] {
  const kept: unknown = Reflect.getOwnMetadata(MCP_DECLARED_TYPES, target, methodName);
  const declared: unknown = kept ?? Reflect.getOwnMetadata(PARAMTYPES_METADATA, target, methodName);
  const types: readonly unknown[] = Array.isArray(declared) ? declared : [];
  Reflect.defineMetadata(MCP_DECLARED_TYPES, types, target, methodName);
  return types;
}

/** A method that overrides another one has its own parameters only. */
function forgetInheritedParams({ constructor }: object, methodName: string | symbol): void {
  for (const [key, none] of [
    [MCP_PARAMS, []],
    [MCP_PARAM_DESCRIPTIONS, []],
    [ROUTE_ARGS_METADATA, {}],
  ] as const)
    if (!Reflect.hasOwnMetadata(key, constructor, methodName))
      Reflect.defineMetadata(key, none, constructor, methodName);
}

/** `ctx: McpContext` needs no decorator if the compiler emits the type. */
function bindContextByType(
  target: object,
  methodName: string | symbol,
  types: readonly unknown[],
): void {
  for (const [index, type] of types.entries())
    if (type === McpContext) Ctx()(target, methodName, index);
}

/** Types that a `ValidationPipe` does not transform. */
const SCALARS: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array]);

/**
 * Arguments are transformed and validated before pipes run. A global `ValidationPipe` ignores values of type
 * Object; if it knew the class, it would run every `@Transform` a second time.
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
