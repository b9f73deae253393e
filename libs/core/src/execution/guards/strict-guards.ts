import { type CanActivate, ForbiddenException } from '@nestjs/common';
import type { ExternalContextCreator } from '@nestjs/core';
import { FORBIDDEN_MESSAGE } from '@nestjs/core/guards/constants.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { allAllow } from './guard-verdict.js';
import { allAllowWithoutHttp } from './guards-without-http.js';

type CreateGuards = ExternalContextCreator['createGuardsFn'];

/** Replaces the guard stage of Nest's pipeline, which lets any truthy verdict pass. Here only `true` passes. */
export const strictGuards: CreateGuards = (guards, instance, callback, contextType) => {
  if (guards.length === 0) return null;
  const hostClass = instance.constructor as ConstructorParameters<typeof ExecutionContextHost>[1];
  const allow = contextType === 'mcp' ? allAllowWithoutHttp : allAllow;
  return async (args: unknown[]) => {
    const context = new ExecutionContextHost(args, hostClass, callback);
    if (contextType !== undefined) context.setType(contextType);
    if (!(await allow(guards as CanActivate[], context)))
      throw new ForbiddenException(FORBIDDEN_MESSAGE);
  };
};
