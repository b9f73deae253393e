import { printable } from './log.messages.js';

/** What can be wrong with options; all of it has the code MCP020. */
const FIX = 'Fix it in the options, or in what the factory of forRootAsync() returns.';

/** `server` is undefined for the default one. */
export const INVALID_OPTION = (path: string, words: string, server: string | undefined): string =>
  `MCP020 McpModule.forRoot(${server === undefined ? '' : `{ server: '${printable(server)}' }`}): ${sentence(`${printable(path)} ${words}`)} ${FIX}`;

export const INVALID_ASYNC_OPTION = (path: string, words: string): string =>
  `MCP020 McpModule.forRootAsync(): ${sentence(`${printable(path)} ${words}`)}`;

export const BELONGS_IN_THE_RESULT =
  'has no effect beside the factory. Return it from the factory, with the other options';

export const NEEDS_ONE_FACTORY = (factories: readonly string[]): string =>
  factories.length === 0
    ? 'has no factory. Pass one of useFactory, useClass and useExisting'
    : `has ${factories.join(' and ')}, and only one can make the options. Leave the others out`;

/** `owner` is the decorator or method that has the option, if `where` does not name it. */
export const INVALID_OPTION_OF = (
  where: string,
  owner: string | undefined,
  { path, option, words }: { path: string; option?: string; words: string },
): string =>
  `MCP020 ${where}: ${sentence(
    `\`${printable(path)}\` ${owner === undefined || option === undefined ? '' : `of ${owner} `}${words}`,
  )}`;

/** Says that a name is not an option, to complete a sentence that begins with the name. */
export const NOT_AN_OPTION = (nearest: string | undefined, owner?: string): string =>
  `is not an option${owner === undefined ? '' : ` of ${owner}`}${
    nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  }`;

export const MUST_BE_OPTIONS = (names: readonly string[]): string =>
  `must be an object: { ${names.join(', ')} }`;

export const MISSING_OPTIONS = 'are missing: they must be an object with name and version';
export const REQUIRED = 'is required';
export const WRONG_CONTAINER = (names: readonly string[]): string =>
  `must be an object with options of its own: ${names.join(', ')}`;

/** A suggestion ends with a question mark. */
function sentence(text: string): string {
  return text.endsWith('?') ? text : `${text}.`;
}
