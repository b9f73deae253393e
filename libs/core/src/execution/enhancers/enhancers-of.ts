import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { isJsonObject } from '../../interfaces/json.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';

const KEYS = [GUARDS_METADATA, INTERCEPTORS_METADATA, PIPES_METADATA, EXCEPTION_FILTERS_METADATA];

/** Every enhancer that is bound to a method, its class and its parameters: classes and instances, as in the decorators. */
export function enhancersOf({ hostClass, callee, methodName }: DiscoveredMethod): unknown[] {
  const bound = KEYS.flatMap((key) => [
    ...listed(Reflect.getMetadata(key, hostClass)),
    ...listed(Reflect.getMetadata(key, callee)),
  ]);
  const params: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, hostClass, methodName);
  const pipes = Object.values(params ?? {}).flatMap((param: unknown) =>
    isJsonObject(param) ? listed(param.pipes) : [],
  );
  return [...bound, ...pipes];
}

/** The guards bound to a class and to its method. */
export function boundGuards(hostClass: object, callee: object): unknown[] {
  return [hostClass, callee].flatMap((target) =>
    listed(Reflect.getMetadata(GUARDS_METADATA, target)),
  );
}

function listed(metadata: unknown): unknown[] {
  return Array.isArray(metadata) ? metadata : [];
}
