import type { McpPrimitive } from '../interfaces/mcp-primitive.interface.js';

/** What a message needs of a primitive. */
type Named = Pick<McpPrimitive, 'kind' | 'name'>;

/** What can be wrong with edits of the registry at run time; codes as at boot. */
export const NAME_IN_USE = ({ kind, name }: Named, where: string): string =>
  `MCP001 the ${kind} "${name}" is there already: ${where}. Give the new one another name, or call registry.replace('${name}').`;

export const INVALID_RUN_TIME_NAME = ({ kind, name }: Named): string =>
  `MCP003 the ${kind} name ${JSON.stringify(name)} is not valid. A name has 1 to 128 of the characters A-Z a-z 0-9 _ - and the dot.`;

export const INVALID_RUN_TIME_LIMIT = ({ kind, name }: Named, problem: string): string =>
  `MCP015 the ${kind} "${name}": ${problem}. Fix the timeout or concurrency of its options().`;

export const UNUSABLE_RUN_TIME_SCHEMA = (
  { kind, name }: Named,
  option: 'input' | 'output',
  problem: string,
): string =>
  `MCP016 the ${kind} "${name}": its ${option}() cannot be used: ${problem}. Pass a class with class-validator rules, a Standard Schema, { schema, jsonSchema }, or JSON Schema 2020-12.`;

export const INVALID_DEFINITION = (where: string, problem: string): string =>
  `MCP018 ${where}: ${problem}. Clients show it and models read it, so every part of it must be visible, and valid in the protocol.`;

export const EDIT_TOO_EARLY =
  'MCP040 the registry is edited before the application has all its global guards, and what is added would run without them. Edit it in onModuleInit() or later, not in a constructor or a provider factory.';

export const NO_SUCH_PRIMITIVE = (edit: string, { kind, name }: Named): string =>
  `MCP041 ${edit}(${JSON.stringify(name)}): there is no such ${kind}. Check with has(), or add it first.`;

export const UNPROVIDED_ENHANCER = ({ kind, name }: Named, enhancer: string): string =>
  `MCP042 the ${kind} "${name}": decorate() binds ${enhancer}, which no module of the application provides, so it would not run. Provide it, or bind an instance: new ${enhancer}(…).`;

export const ASYNCHRONOUS_EDIT =
  'MCP043 registry.edit() was given a function that returns a promise. An edit is synchronous: await what it needs first, and edit then.';

export const EDIT_IS_OVER =
  'MCP044 an edit was used after its registry.edit() had ended. Begin another one.';

export const EDIT_HALF_DONE =
  'MCP046 an edit within this one threw before its end, and that was caught. Neither of them is applied: do not catch the error, or edit after it.';

export const NOT_A_DECORATOR = ({ kind, name }: Named, given: string): string =>
  `MCP045 the ${kind} "${name}": decorate() was given ${given}, which is not a method decorator and would have no effect. Call the function that makes one: UseGuards(…), Roles('…').`;

export const NOT_A_HANDLER = ({ kind, name }: Named): string =>
  `MCP045 the ${kind} "${name}": handle() was called without a function.`;

export const MISSING_SCHEMA = ({ kind, name }: Named, step: string): string =>
  `MCP045 the ${kind} "${name}": ${step}() was given undefined, which is what a circular import leaves of a class. Leave the step out, or fix the import.`;

export const EDIT_REPORT = (problems: readonly string[]): string =>
  [
    `The edit of the MCP registry was not done: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} found.`,
    ...problems.map((problem) => `  ${problem}`),
  ].join('\n');
