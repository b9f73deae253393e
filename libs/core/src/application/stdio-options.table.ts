import type { Readable, Writable } from 'node:stream';
import { type Duration, toMilliseconds } from '../interfaces/duration.js';
import { isJsonObject } from '../interfaces/json.js';
import { McpBootException } from '../messages/mcp-boot.exception.js';
import { INVALID_OPTION_OF, MUST_BE_OPTIONS } from '../messages/option.messages.js';
import { hasMethods, isDuration, isFlag, isFunction, isText, must } from '../options/checks.js';
import { optionProblems, settle } from '../options/option-problems.js';
import {
  converted,
  defaulted,
  optional,
  type RowsOf,
  type SettingsOf,
} from '../options/option-row.js';
import type { StdioOptions } from './stdio-options.interface.js';

/**
 * The options of `runStdio()`. Defaults for the streams are not here, so that the process's streams are not
 * opened before it runs.
 */
export const STDIO_OPTIONS = {
  server: optional<string>(isText),
  logger: optional<NonNullable<StdioOptions['logger']>>(
    must(
      (value) =>
        value === false || Array.isArray(value) || hasMethods(value, ['log', 'error', 'warn']),
      "a logger, a list of levels (['error', 'warn']), or false",
    ),
  ),
  configure: optional<NonNullable<StdioOptions['configure']>>(
    isFunction('a function of the application'),
  ),
  input: optional<Readable>(
    must((value) => hasMethods(value, ['on', 'pipe']), 'a readable stream'),
  ),
  output: optional<Writable>(
    must((value) => hasMethods(value, ['on', 'write']), 'a writable stream'),
  ),
  redirectStdout: defaulted<boolean>(isFlag, true),
  exitWithin: converted<Duration | false, number | false>(
    (value) => (value === false ? [] : isDuration(value)),
    '1s',
    (value) => (value === false ? value : toMilliseconds(value)),
  ),
} satisfies RowsOf<StdioOptions>;

/** @throws McpBootException when an option is wrong, with all problems in one report */
export function readStdioOptions(options: unknown = {}): SettingsOf<typeof STDIO_OPTIONS> {
  const given = isJsonObject(options) ? options : {};
  const found = isJsonObject(options)
    ? optionProblems(STDIO_OPTIONS, given)
    : [{ path: 'options', words: MUST_BE_OPTIONS(Object.keys(STDIO_OPTIONS)) }];
  if (found.length > 0)
    throw new McpBootException(
      found.map((problem) => INVALID_OPTION_OF('runStdio()', undefined, problem)),
    );
  return settle(STDIO_OPTIONS, given, []);
}
