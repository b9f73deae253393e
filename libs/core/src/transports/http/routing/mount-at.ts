import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';

/**
 * Sets the path of a route handler, or takes its route away. Options may come from a factory, long after
 * decorators ran; Nest reads paths when it makes the routes, after every provider stands.
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
