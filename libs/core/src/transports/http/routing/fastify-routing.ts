import type { IncomingMessage } from 'node:http';
import type { EndpointTable } from './endpoint-table.js';

/** Fastify keeps the URL that the client sent in `originalUrl` when it rewrites a URL. */
interface RawRequest extends IncomingMessage {
  originalUrl?: string;
}
interface RoutedRequest {
  readonly raw: RawRequest;
  readonly is404: boolean;
  readonly routeOptions: { readonly url?: string };
}
interface RoutedReply {
  readonly raw: object;
  hijack(): void;
  callNotFound(): void;
}
export interface FastifyRouting {
  addHook(
    name: 'onRequest',
    hook: (request: RoutedRequest, reply: RoutedReply, done: () => void) => void,
  ): void;
  routing(request: IncomingMessage, response: object): void;
}

/**
 * Makes Fastify find the endpoints under the same URLs as Express. Fastify's router is sensitive to case and
 * to a trailing slash, and it decodes a path before it compares. The router options that change this belong
 * to the application, because they apply to all of its routes.
 */
export function routeLikeExpress(fastify: FastifyRouting, endpoints: EndpointTable): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw, is404, routeOptions } = request;
    const url = raw.url ?? '/';
    const endpoint = endpoints.find(url);
    if (endpoint === undefined) {
      if (endpoints.isMistaken(url, routeOptions.url)) reply.callNotFound();
      else done();
      return;
    }
    const routed = endpoints.routedUrl(endpoint, url);
    if (routed === url) return done();
    raw.originalUrl ??= url;
    raw.url = routed;
    if (!is404) return done();
    reply.hijack();
    fastify.routing(raw, reply.raw);
  });
}
