import type { Type } from '@nestjs/common';
import { isJsonObject } from '../interfaces/json.js';
import type { ServerNames } from '../interfaces/server-name.js';
import { INVALID_OPTION_OF, MUST_BE_OPTIONS } from '../messages/option.messages.js';
import { isFunction, isText, listOf, must } from './checks.js';
import { optionProblems, settle } from './option-problems.js';
import { defaulted, optional, required } from './option-row.js';

const FOR_FEATURE = 'McpModule.forFeature()';

const areNames = listOf(isText, "['admin', 'public']");

const areClasses = listOf(
  isFunction('a class; a circular import can leave it undefined'),
  '[OrderTools]',
);

const OPTIONAL_LIST = defaulted<readonly Type[]>(areClasses, []);
const REQUIRED_LIST = required<readonly Type[]>(areClasses, []);

const SERVER = optional<ServerNames>((value) =>
  Array.isArray(value)
    ? areNames(value)
    : must(isName, 'the name of a server, or a list of names')(value),
);

/** The options of `McpModule.forFeature()`, without those that are wrong. */
interface FeatureSettings {
  /** The classes by the name of their list. */
  readonly lists: Readonly<Record<string, readonly Type[]>>;
  readonly server?: ServerNames;
}

/**
 * Reads the options of `McpModule.forFeature()`. `lists` are the names of the lists of classes, one for each kind of
 * primitive: `tools`. At least one of them is required. What is wrong goes into the boot report.
 */
export function readFeatureOptions(
  options: unknown,
  lists: readonly string[],
): { readonly settings: FeatureSettings; readonly problems: readonly string[] } {
  const given = isJsonObject(options) ? options : {};
  const row = lists.some((list) => given[list] !== undefined) ? OPTIONAL_LIST : REQUIRED_LIST;
  const [first = '', ...others] = lists;
  const classes = {
    ...Object.fromEntries(others.map((list) => [list, OPTIONAL_LIST])),
    [first]: row,
  };
  const found = isJsonObject(options)
    ? optionProblems({ ...classes, server: SERVER }, given)
    : [{ path: 'options', words: MUST_BE_OPTIONS([...lists, 'server']) }];
  const { server } = settle({ server: SERVER }, given, found);
  return {
    settings: {
      lists: settle(classes, given, found),
      ...(server !== undefined && { server }),
    },
    problems: found.map((problem) => INVALID_OPTION_OF(FOR_FEATURE, undefined, problem)),
  };
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
