import { isJsonObject } from '../interfaces/json.js';

/**
 * The words of an HTTP error body: its `message` (or list of them) where it has one, else its JSON.
 * @throws TypeError when it has no JSON, since it refers to itself or has a `bigint`
 */
export function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  const message: unknown = isJsonObject(body) ? body.message : undefined;
  if (typeof message === 'string') return message;
  return Array.isArray(message) ? message.map(wordsOf).join('\n') : wordsOf(body);
}

/** Not `String()`: what a list of messages holds may be an object of a client, with a `toString` of its own. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const json: string | undefined = JSON.stringify(value);
  return json ?? '';
}
