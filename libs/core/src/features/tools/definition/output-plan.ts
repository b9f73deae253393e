import type { DiscoveredMethod } from '../../../interfaces/mcp-feature.interface.js';
import { UNUSABLE_SCHEMA } from '../../../messages/boot.messages.js';
import { SchemaError } from '../../../schema/schema.error.js';
import { outputSource } from '../../../schema/sources/output-source.js';
import type { SchemaSource } from '../../../schema/schema-source.js';
import type { McpToolOptions } from './tool-options.interface.js';

/** The schema that a tool's results are validated with, if it has one, or what is wrong with it. */
export function planOutput(
  { kind, hostClass, methodName }: Pick<DiscoveredMethod, 'kind' | 'hostClass' | 'methodName'>,
  { output }: McpToolOptions,
): { readonly output: SchemaSource | undefined } | { readonly problem: string } {
  if (output === undefined) return { output: undefined };
  try {
    return { output: outputSource(output) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { problem: UNUSABLE_SCHEMA(kind, hostClass.name, methodName, 'output', error.message) };
  }
}
