import type { Type } from '@nestjs/common';
import { isJsonObject } from '../interfaces/json.js';
import type { McpFeatureOptions } from '../interfaces/options/mcp-module-options.interface.js';
import type { ServerNames } from '../interfaces/server-name.js';
import { INVALID_OPTION_OF, MUST_BE_OPTIONS } from '../messages/option.messages.js';
import { isFunction, isText, listOf, must } from './checks.js';
import { optionProblems, settle } from './option-problems.js';
import { optional, required, type RowsOf } from './option-row.js';

const FOR_FEATURE = 'McpModule.forFeature()';

const areNames = listOf(isText, "['admin', 'public']");

/** The options of `McpModule.forFeature()`. */
const FEATURE_OPTIONS = {
  tools: required<readonly Type[]>(
    listOf(isFunction('a class; a circular import can leave it undefined'), '[OrderTools]'),
    [],
  ),
  server: optional<ServerNames>((value) =>
    Array.isArray(value)
      ? areNames(value)
      : must(isName, 'the name of a server, or a list of names')(value),
  ),
} satisfies RowsOf<McpFeatureOptions>;

/**
 * Reads the options of `McpModule.forFeature()`. Returns the problems for the boot report. Invalid options
 * get their defaults.
 */
export function readFeatureOptions(options: unknown): {
  readonly options: McpFeatureOptions;
  readonly problems: readonly string[];
} {
  const given = isJsonObject(options) ? options : {};
  const found = isJsonObject(options)
    ? optionProblems(FEATURE_OPTIONS, given)
    : [{ path: 'options', words: MUST_BE_OPTIONS(Object.keys(FEATURE_OPTIONS)) }];
  const { tools, server } = settle(FEATURE_OPTIONS, given, found);
  return {
    options: { tools, ...(server !== undefined && { server }) },
    problems: found.map((problem) => INVALID_OPTION_OF(FOR_FEATURE, undefined, problem)),
  };
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
