import { isJsonObject } from '../../interfaces/json.js';

/** The words of an HTTP error body: its `message` (or list of them) where it has one. */
export function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  const message: unknown = isJsonObject(body) ? body.message : undefined;
  if (typeof message === 'string') return message;
  if (Array.isArray(message)) return message.map(String).join('\n');
  return JSON.stringify(body) ?? '';
}
