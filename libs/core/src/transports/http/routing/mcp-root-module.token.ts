import type { Type } from '@nestjs/common';

/** Injects the module class that our controllers stand in; `RouterModule` hangs its path on it. */
export abstract class McpRootModule {
  abstract readonly metatype: Type;
}
