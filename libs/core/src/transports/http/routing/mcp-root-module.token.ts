import type { Type } from '@nestjs/common';

/**
 * Token of the module class that declares the controllers of the transports. `RouterModule` stores its path
 * in the metadata of that class.
 */
export abstract class McpRootModule {
  abstract readonly metatype: Type;
}
