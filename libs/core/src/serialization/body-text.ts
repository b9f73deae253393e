import { isJsonObject } from '../interfaces/json.js';

/**
 * The text of an HTTP error body: its `message` (or list of messages) if it has one, or else its JSON.
 * @throws TypeError when it has no JSON, because it refers to itself or contains a `bigint`
 */
export function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  const message: unknown = isJsonObject(body) ? body.message : undefined;
  if (typeof message === 'string') return message;
  return Array.isArray(message) ? message.map(wordsOf).join('\n') : wordsOf(body);
}

/** Does not use `String()`: a list of messages may contain an object of a client, with its own `toString`. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const json: string | undefined = JSON.stringify(value);
  return json ?? '';
}
