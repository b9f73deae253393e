import { SCOPE_OPTIONS_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { MCP_TOOL } from '../../interfaces/mcp.metadata.js';
import { INVALID_OPTION_OF } from '../../messages/option.messages.js';
import { isGiven, must } from '../../options/checks.js';
import { type OptionProblem, optionProblems } from '../../options/option-problems.js';
import { optional, type ChecksOf } from '../../options/option-row.js';
import type { RunTimeToolOptions } from './run-time/tool-draft.js';
import type {
  McpToolMetadata,
  McpToolOptions,
  McpToolTypeOptions,
} from './tool-options.interface.js';

type Concurrency = Exclude<NonNullable<McpToolOptions['concurrency']>, number>;

/** What `options()` of a tool added at run time takes. Most values are judged with the tool, under codes of their own. */
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

const TOOL_OPTIONS = {
  ...RUN_TIME_OPTIONS,
  name: optional(isGiven),
  title: optional(isGiven),
  description: optional(isGiven),
  input: optional(isGiven),
  output: optional(isGiven),
} satisfies ChecksOf<McpToolOptions> & ChecksOf<Concurrency, 'concurrency.'>;

const TYPE_OPTIONS = {
  scope: optional(isGiven),
  durable: optional(isGiven),
  server: optional(isGiven),
} satisfies ChecksOf<McpToolTypeOptions>;

/** What `@McpTool()` wrote down, without the options that are wrong. */
export function readToolMetadata({ hostClass, methodName, callee }: DiscoveredMethod): {
  readonly metadata: McpToolMetadata;
  readonly problems: readonly string[];
} {
  const { declaredTypes, ...options } = Reflect.getMetadata(MCP_TOOL, callee) as McpToolMetadata;
  const scope = (Reflect.getMetadata(SCOPE_OPTIONS_METADATA, hostClass) ?? {}) as object;
  const found = optionProblems(TOOL_OPTIONS, options, '@McpTool()');
  return {
    metadata: { ...without(found, options), declaredTypes },
    problems: [
      ...optionProblems(TYPE_OPTIONS, scope, '@McpToolType()').map((problem) =>
        INVALID_OPTION_OF(hostClass.name, '@McpToolType()', problem),
      ),
      ...found.map((problem) =>
        INVALID_OPTION_OF(`${hostClass.name}.${methodName}()`, '@McpTool()', problem),
      ),
    ],
  };
}

/** The options of a tool added at run time, without those that are wrong. */
export function readRunTimeOptions(
  name: string,
  given: RunTimeToolOptions,
): { readonly options: RunTimeToolOptions; readonly problems: readonly string[] } {
  const found = optionProblems(RUN_TIME_OPTIONS, given, 'options()');
  return {
    options: without(found, given),
    problems: found.map((problem) =>
      INVALID_OPTION_OF(`the tool ${JSON.stringify(name)}`, 'options()', problem),
    ),
  };
}

function without<Options extends object>(
  found: readonly OptionProblem[],
  options: Options,
): Options {
  const wrong = new Set(found.map(({ path }) => path.split('.', 1).join()));
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => !wrong.has(name)),
  ) as Options;
}
