import type { Type } from '@nestjs/common';
import { PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { contextDecoratorName } from '../execution/context/context.decorators.js';
import { isJsonObject } from '../interfaces/json.js';
import { MCP_DESCRIPTION, MCP_META, MCP_VISIBILITY } from '../interfaces/mcp.metadata.js';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import { IDLE_CLASS_DECORATOR, IDLE_DECORATORS } from '../messages/unserved.messages.js';
import { paramDescriptionsOf } from '../schema/decorators/description.decorator.js';
import { paramsOf } from '../schema/decorators/param.decorator.js';
import { lineage, membersOf } from './decorated-members.js';

type Members = Readonly<Record<string, unknown>>;

/** The decorators of this package on a class, or on a method of it, that is not a primitive: they have no effect. */
export function idleDecorators(kinds: readonly PrimitiveKind[], type: Type): string[] {
  const isMarked = kinds.some(({ typeKey }) => Reflect.hasMetadata(typeKey, type));
  const known = new Set(kinds.flatMap((kind) => membersOf(kind, type).map(({ name }) => name)));
  const methods = methodsOf(type).filter(([name]) => !known.has(name));
  return [
    ...idleOnClass(type, isMarked),
    ...methods.flatMap(([name, method]) => {
      const idle = idleOn(type, name, method, isMarked);
      if (idle.length === 0) return [];
      const isRoute = Reflect.hasMetadata(PATH_METADATA, method);
      return [IDLE_DECORATORS(kinds, type.name, name, idle, isRoute)];
    }),
  ];
}

/** Only a marked class is certainly not one that describes data. */
function idleOnClass(type: Type, isMarked: boolean): string[] {
  const isIdleMark = Reflect.hasMetadata(MCP_VISIBILITY, type) && !isGuard(type);
  const isIdleText = isMarked && Reflect.hasMetadata(MCP_DESCRIPTION, type);
  return [
    ...(isIdleMark ? [IDLE_CLASS_DECORATOR(type.name, 'McpVisibility')] : []),
    ...(isIdleText ? [IDLE_CLASS_DECORATOR(type.name, 'Description')] : []),
  ];
}

function isGuard({ prototype }: Type): boolean {
  return typeof (prototype as Members)['canActivate'] === 'function';
}

function idleOn(type: Type, name: string, method: object, isMarked: boolean): string[] {
  const isDescribed =
    isMarked && Reflect.hasMetadata(MCP_DESCRIPTION, type.prototype as object, name);
  const isTextOfParam = paramDescriptionsOf(type, name).size > 0;
  return [
    ...(paramsOf(type, name).length > 0 ? ['Param'] : []),
    ...contextDecorators(type, name),
    ...(Reflect.hasMetadata(MCP_META, method) ? ['McpMeta'] : []),
    ...(isDescribed || isTextOfParam ? ['Description'] : []),
  ].map((decorator) => `@${decorator}()`);
}

/** `@Ctx()`, `@Signal()` and `@Progress()` read from a call, which other methods do not have. */
function contextDecorators(type: Type, name: string): string[] {
  const params: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, type, name);
  if (!isJsonObject(params)) return [];
  const names = Object.values(params).flatMap((param) =>
    isJsonObject(param) ? (contextDecoratorName(param.factory) ?? []) : [],
  );
  return [...new Set(names)].toSorted();
}

/** The methods of a class, static and inherited ones included, by name. */
function methodsOf(type: Type): [string, object][] {
  const methods = new Map<string, object>();
  for (const owner of lineage(type))
    for (const target of [owner.prototype as object, owner])
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(target)))
        if (typeof value === 'function' && name !== 'constructor' && !methods.has(name))
          methods.set(name, value as object);
  return [...methods];
}
