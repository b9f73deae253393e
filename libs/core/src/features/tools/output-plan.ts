import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { UNUSABLE_SCHEMA } from '../../messages/boot.messages.js';
import { SchemaError } from '../../schema/schema.error.js';
import { outputSource } from '../../schema/sources/output-source.js';
import type { SchemaSource } from '../../schema/schema-source.js';
import type { McpToolOptions } from './tool-options.interface.js';

/** What a tool's results are held against, if anything, or what is wrong with it. */
export function planOutput(
  { hostClass, methodName }: Pick<DiscoveredMethod, 'hostClass' | 'methodName'>,
  { output }: McpToolOptions,
): { readonly output: SchemaSource | undefined } | { readonly problem: string } {
  if (output === undefined) return { output: undefined };
  try {
    return { output: outputSource(output) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { problem: UNUSABLE_SCHEMA(hostClass.name, methodName, 'output', error.message) };
  }
}
