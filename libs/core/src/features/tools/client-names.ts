import type { JsonSchema } from '../../interfaces/json.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { ARGUMENT_NAMES_REFUSED, TOOL_NAME_REFUSED } from '../../messages/name.messages.js';
import { subschemasOf } from '../../protocol/codecs/subschemas.js';
import type { ToolDefinition } from '../../protocol/codecs/revision-codec.js';
import { McpLogger } from '../../runtime/mcp-logger.js';
import { isToolName } from './tool-name.js';

/** OpenAI, Gemini, Amazon Bedrock. Anthropic takes 128, and 64 where a tool is found by search. */
const LONGEST = 64;
/** Cursor, of the server's name, a colon and the tool's name. */
const LONGEST_IN_CURSOR = 60;
const ARGUMENT = /^[A-Za-z0-9_.-]{1,64}$/;
/** Classes hold what they refer to once, and a schema that is given may be no deeper. */
const DEEPEST = 32;

const logger = new McpLogger();

/**
 * What of the names of a tool stops it: all that large clients refuse with `strictNames`; else that is logged.
 * A name that the protocol does not have is refused anyway.
 */
export function checkNames(
  where: string,
  definition: ToolDefinition,
  { server, strictNames }: McpSettings,
): readonly string[] {
  if (!isToolName(definition.name)) return [];
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
    refusals.push('OpenAI and Anthropic take A-Z a-z 0-9 _ and - only');
  if (!/^[A-Za-z_]/.test(name)) refusals.push('Gemini wants a letter or _ first');
  if (name.length > LONGEST)
    return [
      ...refusals,
      `OpenAI, Gemini and Amazon Bedrock take ${LONGEST} characters, not ${name.length}`,
    ];
  const inClaudeCode = `mcp__${server}__${name}`.length;
  const inCursor = `${server}:${name}`.length;
  if (inClaudeCode > LONGEST)
    refusals.push(
      `Claude Code puts mcp__${server}__ in front, and takes ${LONGEST} characters, not ${inClaudeCode}`,
    );
  if (inCursor > LONGEST_IN_CURSOR)
    refusals.push(
      `Cursor puts ${server}: in front, and takes ${LONGEST_IN_CURSOR} characters, not ${inCursor}`,
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
