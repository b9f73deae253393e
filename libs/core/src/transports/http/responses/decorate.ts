import type { Type } from '@nestjs/common';
import type { TransportDecorator } from '../../../interfaces/options/mcp-module-options.interface.js';

/**
 * Applies decorators to a controller and to its handlers. Some guards read the metadata of the class, others
 * that of the handler.
 */
export function decorate<Controller>(
  controller: Type<Controller>,
  methods: readonly (keyof Controller & string)[],
  decorators: readonly TransportDecorator[],
): void {
  const prototype = controller.prototype as object;
  for (const decorator of decorators) {
    decorator(controller);
    for (const method of methods) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
      if (descriptor) decorator(prototype, method, descriptor);
    }
  }
}
