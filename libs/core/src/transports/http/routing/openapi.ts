import type { Type } from '@nestjs/common';

/**
 * The key of `@ApiExcludeController()`, which is the same in every version of `@nestjs/swagger`. It is not imported,
 * because an application need not have that package.
 */
const EXCLUDED = 'swagger/apiExcludeController';

/**
 * Leaves the routes of a controller out of the application's OpenAPI document, unless the option `openapi` asks for
 * them. The document describes routes by their parameters; those of MCP are JSON-RPC messages.
 */
export function publishInOpenApi(controller: Type, isPublished: boolean): void {
  if (!isPublished) Reflect.defineMetadata(EXCLUDED, [true], controller);
}
