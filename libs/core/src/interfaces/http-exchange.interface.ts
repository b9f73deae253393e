import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What the Express and the Fastify request have in common. */
export interface HttpRequest {
  readonly headers: IncomingHttpHeaders;
  readonly ip?: string;
  /** Values of the path's parameters, decoded. */
  readonly params?: Readonly<Record<string, string>>;
  /** Node's own request, where the framework wraps it (Fastify). */
  readonly raw?: IncomingMessage;
}

/** The framework's request and response that carry one message. */
export interface HttpExchange {
  readonly request: HttpRequest;
  readonly response: object;
}

/** Node's own request behind a framework's. */
export function rawRequest(request: HttpRequest): IncomingMessage {
  return request.raw ?? (request as IncomingMessage);
}

/** Node's own response behind a framework's. */
export function rawResponse(response: object): ServerResponse {
  return (response as { raw?: ServerResponse }).raw ?? (response as ServerResponse);
}
