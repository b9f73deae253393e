import type { JsonSchema } from '../../../interfaces/json.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { ARGUMENT_NAMES_REFUSED, TOOL_NAME_REFUSED } from '../../../messages/name.messages.js';
import { subschemasOf } from '../../../protocol/codecs/subschemas.js';
import type { ToolDefinition } from '../../../protocol/codecs/revision-codec.js';
import { McpLogger } from '../../../runtime/mcp-logger.js';
import { isPrimitiveName } from '../../../primitives/entry/primitive-name.js';

/** OpenAI, Gemini, Amazon Bedrock. Anthropic accepts 128, and 64 for tools that are found by search. */
const LONGEST = 64;
/** Cursor counts the server's name, a colon and the tool's name. */
const LONGEST_IN_CURSOR = 60;
const ARGUMENT = /^[A-Za-z0-9_.-]{1,64}$/;
/** Limits the search: the schema of a class contains everything it refers to once. */
const DEEPEST = 32;

const logger = new McpLogger();

/**
 * The problems of a tool's names that stop the start: with `strictNames`, every name that large clients refuse.
 * Without it, these names are logged. A name that is not valid in the protocol is refused anyway.
 */
export function checkNames(
  where: string,
  definition: ToolDefinition,
  { server, strictNames }: McpSettings,
): readonly string[] {
  if (!isPrimitiveName(definition.name)) return [];
  const problems = nameProblems(where, definition, server.name);
  if (strictNames) return problems;
  for (const problem of problems) logger.warn(problem);
  return [];
}

/**
 * What large clients, and the model APIs behind them, refuse about the names of a tool that the protocol
 * allows: one text about its name, and one about those of its arguments.
 */
export function nameProblems(
  where: string,
  { name, inputSchema }: ToolDefinition,
  server: string,
): string[] {
  const refusals = toolNameRefusals(name, server);
  const args = [...new Set(argumentNames(inputSchema))].filter((one) => !ARGUMENT.test(one));
  return [
    ...(refusals.length > 0 ? [TOOL_NAME_REFUSED(where, name, refusals)] : []),
    ...(args.length > 0 ? [ARGUMENT_NAMES_REFUSED(where, args)] : []),
  ];
}

function toolNameRefusals(name: string, server: string): string[] {
  const refusals: string[] = [];
  if (!/^[A-Za-z0-9_-]*$/.test(name))
    refusals.push('OpenAI and Anthropic accept A-Z a-z 0-9 _ and - only');
  if (!/^[A-Za-z_]/.test(name)) refusals.push('Gemini requires a letter or _ first');
  if (name.length > LONGEST)
    return [
      ...refusals,
      `OpenAI, Gemini and Amazon Bedrock accept ${LONGEST} characters, not ${name.length}`,
    ];
  const inClaudeCode = `mcp__${server}__${name}`.length;
  const inCursor = `${server}:${name}`.length;
  if (inClaudeCode > LONGEST)
    refusals.push(
      `Claude Code puts mcp__${server}__ in front, and accepts ${LONGEST} characters, not ${inClaudeCode}`,
    );
  if (inCursor > LONGEST_IN_CURSOR)
    refusals.push(
      `Cursor puts ${server}: in front, and accepts ${LONGEST_IN_CURSOR} characters, not ${inCursor}`,
    );
  return refusals;
}

function argumentNames(schema: JsonSchema, depth = 1): string[] {
  const { properties } = schema;
  const below = depth > DEEPEST ? [] : subschemasOf(schema);
  return [
    ...(typeof properties === 'object' && properties !== null ? Object.keys(properties) : []),
    ...below.flatMap((one) => argumentNames(one, depth + 1)),
  ];
}
