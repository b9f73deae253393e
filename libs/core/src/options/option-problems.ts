import { nearestName } from '../messages/nearest-name.js';
import { NOT_AN_OPTION, REQUIRED, WRONG_CONTAINER } from '../messages/option.messages.js';
import { isJsonObject } from '../interfaces/json.js';
import type { OptionTable, SettingsOf } from './option-row.js';

/** A problem with one option. */
export interface OptionProblem {
  /** Full path of the option, and the position in its value: `icons[0].src`. */
  readonly path: string;
  /** Path of the row; undefined for a name that has no row. */
  readonly option?: string;
  readonly words: string;
}

interface Unknown extends OptionProblem {
  readonly nearest: string | undefined;
}

/**
 * Finds all problems with options: names without a row at any level, containers that are not objects, and
 * values.
 * @param owner the decorator that has the options, for messages about unknown names
 */
export function optionProblems(table: OptionTable, given: object, owner?: string): OptionProblem[] {
  const groups = groupsOf(table);
  const unknown = ['', ...groups].flatMap((group) => unknownNames(table, given, group, owner));
  const meant = new Set(unknown.map(({ nearest }) => nearest));
  return [
    ...unknown.map(({ path, words }) => ({ path, words })),
    ...groups
      .filter((group) => !Object.hasOwn(table, group) && !isContainer(valueAt(given, group)))
      .map((path) => ({ path, words: WRONG_CONTAINER(childrenOf(table, path)) })),
    ...Object.keys(table)
      .filter((path) => !meant.has(path))
      .flatMap((path) => problemsAt(table, given, path)),
  ];
}

/** Converts options to settings. Invalid options get their defaults. */
export function settle<Table extends OptionTable>(
  table: Table,
  given: object,
  problems: readonly OptionProblem[],
): SettingsOf<Table> {
  const wrong = new Set(problems.map(({ option }) => option));
  const settings = Object.entries(table).map(([path, { toSetting }]) => [
    path,
    toSetting((wrong.has(path) ? undefined : valueAt(given, path)) as never),
  ]);
  return Object.fromEntries(settings) as SettingsOf<Table>;
}

/** The options without those that have a problem. */
export function withoutProblems<Options extends object>(
  problems: readonly OptionProblem[],
  options: Options,
): Options {
  const wrong = new Set(problems.map(({ path }) => path.split('.', 1).join()));
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => !wrong.has(name)),
  ) as Options;
}

function problemsAt(table: OptionTable, given: object, option: string): OptionProblem[] {
  const row = table[option];
  const value = valueAt(given, option);
  if (row === undefined || (value === undefined && !row.isRequired)) return [];
  if (value === undefined) return [{ path: option, option, words: REQUIRED }];
  return row.check(value).map(({ at, words }) => ({ path: `${option}${at}`, option, words }));
}

function unknownNames(
  table: OptionTable,
  given: object,
  group: string,
  owner: string | undefined,
): Unknown[] {
  const container = group === '' ? given : valueAt(given, group);
  if (!isJsonObject(container)) return [];
  const prefix = group === '' ? '' : `${group}.`;
  const known = childrenOf(table, group);
  return Object.keys(container)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      const nearest = near === undefined ? elsewhere(table, name) : `${prefix}${near}`;
      return { path: `${prefix}${name}`, words: NOT_AN_OPTION(nearest, owner), nearest };
    });
}

/** The option with this name at another level: `limits.sessions` for `sessions`. */
function elsewhere(table: OptionTable, name: string): string | undefined {
  return [...groupsOf(table), ...Object.keys(table)].find((path) => path.endsWith(`.${name}`));
}

/** The paths of all groups of options: `limits`, `transports`, `transports.sse`. */
function groupsOf(table: OptionTable): string[] {
  const groups = Object.keys(table).flatMap((path) => {
    const names = path.split('.');
    return names.slice(1).map((_, at) => names.slice(0, at + 1).join('.'));
  });
  return [...new Set(groups)];
}

function childrenOf(table: OptionTable, group: string): string[] {
  const prefix = group === '' ? '' : `${group}.`;
  const names = Object.keys(table)
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split('.', 1).join());
  return [...new Set(names)];
}

function isContainer(value: unknown): boolean {
  return value === undefined || isJsonObject(value);
}

function valueAt(given: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (isJsonObject(value) ? value[name] : undefined), given);
}
