import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';

/** Characters; a longer place is kept as its digest. */
const LONGEST = 256;

/**
 * Where a request came in, as far as its path says: the values of the path's parameters, as the guards see
 * them. Empty for a path without any.
 */
export function pathParametersOf({ params = {} }: HttpRequest): string {
  const values = Object.entries(params);
  if (values.length === 0) return '';
  const place = JSON.stringify(values.toSorted(([first], [second]) => (first < second ? -1 : 1)));
  return place.length <= LONGEST ? place : createHash('sha256').update(place).digest('base64url');
}
