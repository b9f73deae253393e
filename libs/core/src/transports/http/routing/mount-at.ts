import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';

/**
 * Sets the path of a route handler, or removes the route if `path` is undefined. Decorators cannot set it:
 * the options may come from a factory, which runs long after the decorators. Nest reads the paths when it
 * registers the routes, after all providers are created.
 */
export function mountAt<Controller>(
  controller: Type<Controller>,
  method: keyof Controller,
  path: string | undefined,
): void {
  const handler = (controller.prototype as Record<keyof Controller, object>)[method];
  if (path === undefined) Reflect.deleteMetadata(PATH_METADATA, handler);
  else Reflect.defineMetadata(PATH_METADATA, `/${path}`, handler);
}
