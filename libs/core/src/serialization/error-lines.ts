import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import { boundedLines } from '../schema/findings/findings.js';
import { memberPath } from '../schema/findings/value-path.js';
import {
  isScalar,
  isValidationError,
  readable,
  readableJson,
  readableMembers,
} from './readable.js';

const DEEPEST = 16;
/** The number of values that are visited. Further ones are not counted. */
const MOST = 10_000;

/** The names under which an error says what is wrong, and where. */
const REASONS = ['message', 'reason', 'detail', 'msg'] as const;
const PATHS = ['path', 'field', 'property', 'param', 'pointer', 'instancePath'] as const;
/** What an error repeats of the caller's arguments, and what is not for the caller. */
const HIDDEN: ReadonlySet<string> = new Set(['target', 'value', 'input', 'stack', 'statusCode']);

/**
 * Flattens errors to lines, `path: reason`: a list of `ValidationError`s of class-validator, of issues of zod or
 * GraphQL, of texts, or an object with a reason for each path. At most 50 lines, and the number of further ones.
 */
export function errorLines(errors: unknown): string[] {
  const found = new ErrorLines();
  found.add(errors, '', 0);
  return boundedLines(found.lines, found.lines.length);
}

/** Whether a value is an error that {@link errorLines} reads, or a list of such errors. */
export function areErrors(value: unknown): boolean {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
  const members = isJsonObject(first) ? readableMembers(first) : {};
  return isValidationError(members) || isIssue(members);
}

class ErrorLines {
  readonly lines: string[] = [];
  private left = MOST;

  add(given: unknown, path: string, depth: number): void {
    if (depth > DEEPEST || this.left-- <= 0) return;
    const value = readable(given);
    if (isScalar(value)) this.line(path, reasonOf(String(value), path));
    else if (Array.isArray(value)) this.list(value, path, depth);
    else if (isJsonObject(value)) this.object(readableMembers(value), path, depth);
  }

  private object(value: JsonObject, path: string, depth: number): void {
    if (isValidationError(value)) this.validationError(value, path, depth);
    else if (isIssue(value)) this.issue(value, path, depth);
    else
      for (const [name, one] of Object.entries(value))
        this.add(one, memberPath(path, name), depth + 1);
  }

  private line(path: string, words: string): void {
    if (words !== '') this.lines.push(path === '' ? words : `${path}: ${words}`);
  }

  /** Texts belong to the path of their list; an object without a path of its own, to its index. */
  private list(items: readonly unknown[], path: string, depth: number): void {
    for (const [index, item] of items.entries()) {
      const isAt = path !== '' && isJsonObject(item) && !areErrors(item);
      this.add(item, isAt ? memberPath(path, String(index)) : path, depth + 1);
      if (this.left <= 0) return;
    }
  }

  private validationError(error: JsonObject, path: string, depth: number): void {
    const { property, constraints, children } = error;
    const at = typeof property === 'string' ? memberPath(path, property) : path;
    for (const reason of Object.values(isJsonObject(constraints) ? constraints : {}))
      if (typeof reason === 'string') this.line(at, reasonOf(reason, at));
    if (Array.isArray(children)) this.add(children, at, depth + 1);
  }

  private issue(issue: JsonObject, path: string, depth: number): void {
    const rest = new Map(Object.entries(issue));
    const take = (names: readonly string[]): unknown => {
      const name = names.find((one) => rest.has(one));
      const value = name === undefined ? undefined : rest.get(name);
      if (name !== undefined) rest.delete(name);
      return value;
    };
    const isParameter = rest.has('reason') && typeof rest.get('name') === 'string';
    const reason = REASONS.find((name) => typeof rest.get(name) === 'string');
    const words = take(reason === undefined ? [] : [reason]);
    const at = steps(take(isParameter ? ['name'] : PATHS)).reduce(memberPath, path);
    const code = isScalar(rest.get('code')) ? ` (${String(take(['code']))})` : '';
    const further = take(['errors']);
    for (const name of HIDDEN) rest.delete(name);
    const others = rest.size > 0 ? ` ${readableJson(Object.fromEntries(rest))}` : '';
    this.line(at, `${reasonOf(String(words), at)}${code}${others}`);
    this.add(further, at, depth + 1);
  }
}

/** `a.b`, `['a', 0]`, or the JSON pointer `#/a/0`. */
function steps(path: unknown): string[] {
  if (Array.isArray(path)) return path.filter(isScalar).map(String);
  if (typeof path !== 'string') return [];
  return path.startsWith('/') || path.startsWith('#/') ? path.split('/').slice(1) : [path];
}

function isIssue(value: JsonObject): boolean {
  return REASONS.some((name) => typeof value[name] === 'string');
}

/**
 * The reason without the name of the property, which is in the path. nestjs-i18n appends the value to the key of a
 * text that it has not translated yet: `validation.EMAIL|{"value":…}`.
 */
function reasonOf(text: string, path: string): string {
  const name = /[^.[\]]*$/.exec(path)?.[0] ?? '';
  const words = text.replace(/^([\w.-]{1,200})\|\{.*$/s, '$1');
  if (name === '') return words;
  const rule = words.startsWith(`${name} `) ? words.slice(name.length + 1) : words;
  return rule.replace(`each value in ${name} `, () => 'each value ');
}
