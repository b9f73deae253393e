import type { Type } from '@nestjs/common';
import type { TransportDecorator } from '../../../interfaces/options/mcp-module-options.interface.js';

/** Puts decorators on a controller and on its handlers: some guards look at the one, some at the other. */
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
