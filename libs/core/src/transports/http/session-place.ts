import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';

/**
 * Where a request came in, as far as its path says: the values of the path's parameters, as the guards see
 * them. Empty for a path without any.
 */
export function placeOf({ params = {} }: HttpRequest): string {
  const values = Object.entries(params);
  if (values.length === 0) return '';
  return JSON.stringify(values.toSorted(([first], [second]) => (first < second ? -1 : 1)));
}
