import { Inject, type Type } from '@nestjs/common';
import { getMcpToken } from './get-mcp-token.js';

/**
 * Injects what a named server exports: `@InjectMcp(McpEndpoints, 'admin') endpoints: McpEndpoints`. For the default
 * server, inject the class without a decorator.
 */
export function InjectMcp(type: Type, server?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getMcpToken(type, server));
}
