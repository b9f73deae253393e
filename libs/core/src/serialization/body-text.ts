import { STATUS_CODES } from 'node:http';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import { areErrors, errorLines } from './error-lines.js';
import { isScalar, readable, readableJson, readableMembers } from './readable.js';

/** The longest list of members beside a message. */
const MOST_MEMBERS = 50;
const PHRASES: ReadonlySet<unknown> = new Set(Object.values(STATUS_CODES));

/**
 * The text of an HTTP error body, for the model: its `message`, and a line for each other member except `statusCode`
 * and `error`. Errors in it become lines, `path: reason`. A body without a message or errors becomes its JSON.
 * @throws TypeError when nothing in it can be read, as in an object that only refers to itself
 */
export function bodyText(given: unknown): string {
  const body = readable(given);
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) return messageLines(body).join('\n');
  if (!isJsonObject(body)) return readableJson(body);
  const members = readableMembers(body);
  const text = isOneError(members)
    ? errorLines(members).join('\n')
    : (objectText(members) ?? readableJson(body));
  if ((text === '' || text === '{}') && Object.keys(body).length > 0)
    throw new TypeError('nothing in the body can be read');
  return text;
}

/** Whether a body is a `ValidationError` itself. */
function isOneError(body: JsonObject): boolean {
  return !('message' in body) && Array.isArray(body.children) && areErrors(body);
}

/** Undefined for a body that says what is wrong neither in words nor in errors. */
function objectText(body: JsonObject): string | undefined {
  const members = new Map(Object.entries(body));
  const head = headOf(members);
  if (head === undefined && !isErrors('errors', members.get('errors'))) return undefined;
  const isExplained = head !== undefined;
  const rest = [...members].filter(([name, value]) => isSaid(name, value, isExplained));
  const lines = rest.slice(0, MOST_MEMBERS).flatMap(([name, value]) => linesOf(name, value));
  return [...(head ?? []), ...lines].join('\n');
}

/** The words of a body: its message, or the title and the detail of RFC 9457. Removes them from the members. */
function headOf(members: Map<string, unknown>): readonly string[] | undefined {
  const take = (name: string): unknown => {
    const value = readable(members.get(name));
    members.delete(name);
    return value;
  };
  const message = members.get('message');
  if (message !== undefined && message !== null) return messageLines(take('message'));
  const [title, detail] = [members.get('title'), members.get('detail')];
  const isProblem = typeof members.get('status') === 'number' && typeof title === 'string';
  if (!isProblem && typeof detail !== 'string') return undefined;
  for (const name of ['title', 'detail', 'status', 'type']) take(name);
  return [[title, detail].filter((one) => typeof one === 'string').join(': ')];
}

/** A list of texts is not shortened: it is bounded as a result is. */
function messageLines(message: unknown): readonly string[] {
  if (typeof message === 'string') return [message];
  const isTexts = Array.isArray(message) && message.every((one) => typeof one === 'string');
  return isTexts ? message : errorLines(message);
}

/** Whether a member says more than the status does. */
function isSaid(name: string, value: unknown, isExplained: boolean): boolean {
  if (name === 'statusCode' || name === 'stack') return false;
  return name !== 'error' || !(typeof value === 'string' && (isExplained || PHRASES.has(value)));
}

function linesOf(name: string, value: unknown): string[] {
  if (isErrors(name, value)) return errorLines(value);
  const plain = readable(value);
  const text = isScalar(plain) ? String(plain) : readableJson(plain);
  return text === '' ? [] : [`${name}: ${text}`];
}

/** Whether a member lists errors: by its name, or because it holds some. */
function isErrors(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return name === 'errors' || (Array.isArray(value) && areErrors(value));
}
