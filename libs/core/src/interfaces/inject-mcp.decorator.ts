import { Inject, type Type } from '@nestjs/common';
import { getMcpToken } from './get-mcp-token.js';

/**
 * Injects what a named server exports: `@InjectMcp(McpEndpoints, 'admin') endpoints: McpEndpoints`. Of the default
 * server it is the class, which needs no decorator.
 */
export function InjectMcp(type: Type, server?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getMcpToken(type, server));
}
