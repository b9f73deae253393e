import { INVALID_OPTION_OF } from '../../../messages/option.messages.js';
import { isGiven, must } from '../../../options/checks.js';
import { optionProblems, withoutProblems } from '../../../options/option-problems.js';
import { optional, type ChecksOf } from '../../../options/option-row.js';
import type { McpToolOptions, RunTimeToolOptions } from './tool-options.interface.js';

type Concurrency = Exclude<NonNullable<McpToolOptions['concurrency']>, number>;

/**
 * The options that `options()` of a tool added at run time accepts. Most values are checked with the tool, and have
 * codes of their own.
 */
const RUN_TIME_OPTIONS = {
  icons: optional(isGiven),
  meta: optional(isGiven),
  readOnly: optional(isGiven),
  destructive: optional(isGiven),
  idempotent: optional(isGiven),
  openWorld: optional(isGiven),
  mimeType: optional(
    must(
      (value) => typeof value === 'string' && /^[^\s/]+\/[^\s/]/.test(value),
      'a MIME type: image/png',
    ),
  ),
  timeout: optional(isGiven),
  concurrency: optional(isGiven),
  'concurrency.limit': optional(isGiven),
  'concurrency.queue': optional(isGiven),
} satisfies ChecksOf<RunTimeToolOptions> & ChecksOf<Concurrency, 'concurrency.'>;

/** The options of `@McpTool()`. */
export const TOOL_OPTIONS = {
  ...RUN_TIME_OPTIONS,
  name: optional(isGiven),
  title: optional(isGiven),
  description: optional(isGiven),
  input: optional(isGiven),
  output: optional(isGiven),
} satisfies ChecksOf<McpToolOptions> & ChecksOf<Concurrency, 'concurrency.'>;

/** Reads the options of a tool added at run time, without those that are wrong. */
export function readRunTimeOptions(
  name: string,
  given: RunTimeToolOptions,
): { readonly options: RunTimeToolOptions; readonly problems: readonly string[] } {
  const found = optionProblems(RUN_TIME_OPTIONS, given, 'options()');
  return {
    options: withoutProblems(found, given),
    problems: found.map((problem) =>
      INVALID_OPTION_OF(`the tool ${JSON.stringify(name)}`, 'options()', problem),
    ),
  };
}
