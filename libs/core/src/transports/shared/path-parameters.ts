import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';

/** In characters. A longer text is replaced by its digest. */
const LONGEST = 256;

/**
 * The values of the path parameters of a request, as guards see them, as one text. Sessions are compared by
 * it. Empty for a path without parameters.
 */
export function pathParametersOf({ params = {} }: HttpRequest): string {
  const values = Object.entries(params);
  if (values.length === 0) return '';
  const text = JSON.stringify(values.toSorted(([first], [second]) => (first < second ? -1 : 1)));
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('base64url');
}
