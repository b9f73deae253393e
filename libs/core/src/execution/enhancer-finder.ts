import { Injectable } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { ApplicationConfig } from '@nestjs/core';
import { isJsonObject } from '../interfaces/json.js';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';

const ENHANCERS = [
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
  EXCEPTION_FILTERS_METADATA,
];

/** Tells whether a method has anything of Nest's pipeline around it. */
@Injectable()
export class EnhancerFinder {
  constructor(private readonly config: ApplicationConfig) {}

  /** Looks at the application, the class, the method and its parameters. */
  any({ host, hostClass, methodName }: DiscoveredMethod): boolean {
    const method = (host as Record<string, object>)[methodName] as object;
    return (
      this.anyGlobal() ||
      ENHANCERS.some(
        (key) => Reflect.hasMetadata(key, hostClass) || Reflect.hasMetadata(key, method),
      ) ||
      hasParamPipes(hostClass, methodName)
    );
  }

  private anyGlobal(): boolean {
    return [
      this.config.getGlobalGuards(),
      this.config.getGlobalRequestGuards(),
      this.config.getGlobalInterceptors(),
      this.config.getGlobalRequestInterceptors(),
      this.config.getGlobalPipes(),
      this.config.getGlobalRequestPipes(),
      this.config.getGlobalFilters(),
      this.config.getGlobalRequestFilters(),
    ].some((list) => list.length > 0);
  }
}

function hasParamPipes(hostClass: object, methodName: string): boolean {
  const params: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, hostClass, methodName);
  return Object.values(params ?? {}).some(
    (param: unknown) => isJsonObject(param) && Array.isArray(param.pipes) && param.pipes.length > 0,
  );
}
