import { isFlag, isGiven, isText, listOf, must } from '../options/checks.js';
import { INVALID_OPTION_OF } from '../messages/option.messages.js';
import { optionProblems } from '../options/option-problems.js';
import { optional, type ChecksOf } from '../options/option-row.js';
import { paramsOf } from './decorators/param.decorator.js';
import type { ParamOptions } from './decorators/param-options.interface.js';

const TYPES: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean']);
const isType = must(
  (value) => typeof value === 'function' || TYPES.has(value),
  "a class, String, Number, Boolean or 'integer'",
);

/** The checks of the options of `@Param()`. */
const PARAM_OPTIONS = {
  description: optional(must((value) => typeof value === 'string', 'a text')),
  type: optional(isType),
  items: optional(isType),
  enum: optional(
    must((value) => typeof value === 'object' && value !== null, 'an enum or a list of values'),
  ),
  optional: optional(isFlag),
  nullable: optional(isFlag),
  default: optional(() => []),
  header: optional(isGiven),
  groups: optional(listOf(isText, "['admin']")),
} satisfies ChecksOf<ParamOptions>;

/** The problems with the `@Param()` options of a method, as lines of the boot report. */
export function paramOptionProblems(hostClass: { name: string }, methodName: string): string[] {
  return paramsOf(hostClass, methodName).flatMap(({ name, options }) => {
    const decorator = name === undefined ? '@Param()' : `@Param('${name}')`;
    return optionProblems(PARAM_OPTIONS, options, decorator).map((problem) =>
      INVALID_OPTION_OF(`${hostClass.name}.${methodName}()`, decorator, problem),
    );
  });
}
