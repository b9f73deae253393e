import { type HttpRequest, rawRequest } from '../../interfaces/http-exchange.interface.js';
import type { SseEndpointForm } from '../../interfaces/options/mcp-settings.interface.js';
import { pathnameOf } from '../http/routing/request-url.js';
import { carriedQuery } from './carried-query.js';
import {
  absoluteEndpoint,
  endsWith,
  type EndpointPaths,
  relativeEndpoint,
} from './endpoint-url.js';
import { forwardedPrefix } from './forwarded-prefix.js';

interface RoutedRequest {
  readonly url?: string;
  readonly originalUrl?: unknown;
}

/**
 * Returns a function that makes the URL for messages from a session id.
 * @throws Refusal 414 when the query of the stream is too long
 */
export function messageEndpoint(
  form: SseEndpointForm,
  paths: EndpointPaths,
  request: HttpRequest,
): (sessionId: string) => string {
  const url = sentUrl(request, paths.stream);
  const requested = pathnameOf(url);
  const path =
    form.kind === 'relative'
      ? relativeEndpoint(paths, requested)
      : absoluteEndpoint(paths, requested, form.prefix ?? prefixOf(request));
  const query = carriedQuery(url);
  return (sessionId) => `${path}?sessionId=${sessionId}${query === '' ? '' : `&${query}`}`;
}

function prefixOf({ headers }: HttpRequest): string {
  return forwardedPrefix(headers['x-forwarded-prefix']);
}

/**
 * The URL as the client sent it. Frameworks that remove a mount path from `url` keep the whole URL in
 * `originalUrl`. If `originalUrl` does not end with the stream's path, the URL was rewritten, and
 * `originalUrl` does not show where the application is mounted.
 */
function sentUrl(request: HttpRequest, stream: string): string {
  const { url = '/', originalUrl }: RoutedRequest = rawRequest(request);
  const isOurs = typeof originalUrl === 'string' && endsWith(pathnameOf(originalUrl), stream);
  return isOurs ? originalUrl : url;
}
