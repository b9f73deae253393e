/** What can be wrong with edits of the registry at run time; codes as at boot. */
export const NAME_TAKEN = (name: string, where: string): string =>
  `MCP001 the tool "${name}" is there already: ${where}. Give the new one another name, or say registry.replace('${name}').`;

export const INVALID_RUN_TIME_NAME = (name: string): string =>
  `MCP003 a tool is named ${JSON.stringify(name)}. A tool name has 1 to 128 of the characters A-Z a-z 0-9 _ - and the dot.`;

export const INVALID_RUN_TIME_LIMIT = (name: string, problem: string): string =>
  `MCP015 the tool "${name}": ${problem}. Mend the timeout or concurrency of its options().`;

export const UNUSABLE_RUN_TIME_SCHEMA = (
  name: string,
  option: 'input' | 'output',
  problem: string,
): string =>
  `MCP016 the tool "${name}": its ${option}() cannot be used: ${problem}. Give a class with class-validator rules, a Standard Schema, { schema, jsonSchema }, or JSON Schema 2020-12.`;

export const INVALID_DEFINITION = (where: string, problem: string): string =>
  `MCP018 ${where}: ${problem}. Clients show it and models read it, so it has to be plain to see, and as the protocol says.`;

export const EDIT_TOO_EARLY =
  'MCP040 the registry is edited before the application has all its global guards, and the tool would run without them. Edit it in onModuleInit() or later, not in a constructor or a provider factory.';

export const NO_SUCH_TOOL = (edit: string, name: string): string =>
  `MCP041 ${edit}(${JSON.stringify(name)}): there is no such tool. Ask has(), or add it with tool() first.`;

export const UNPROVIDED_ENHANCER = (name: string, enhancer: string): string =>
  `MCP042 the tool "${name}": decorate() binds ${enhancer}, which no module of the application provides, so it would not run. Provide it, or bind an instance: new ${enhancer}(…).`;

export const ASYNCHRONOUS_EDIT =
  'MCP043 registry.edit() was given a function that returns a promise. An edit is done at once: await what it needs first, and edit then.';

export const EDIT_IS_OVER =
  'MCP044 an edit was used after its registry.edit() had ended. Begin another one.';

export const EDIT_HALF_DONE =
  'MCP046 an edit within this one threw before its end, and that was caught. Nothing of either is done: let it be thrown, or edit after it.';

export const NOT_A_DECORATOR = (name: string, given: string): string =>
  `MCP045 the tool "${name}": decorate() was given ${given}, which is no decorator of a method, so that it would not hold. Call what makes one: UseGuards(…), Roles('…').`;

export const NOT_A_HANDLER = (name: string): string =>
  `MCP045 the tool "${name}": handle() was given no function.`;

export const MISSING_SCHEMA = (name: string, step: string): string =>
  `MCP045 the tool "${name}": ${step}() was given undefined, which a circular import leaves of a class. Leave the step out, or mend the import.`;

export const EDIT_REPORT = (problems: readonly string[]): string =>
  [
    `The edit of the MCP registry was not done: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} found.`,
    ...problems.map((problem) => `  ${problem}`),
  ].join('\n');
