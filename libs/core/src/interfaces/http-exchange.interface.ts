import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What the requests of Express and Fastify have in common. */
export interface HttpRequest {
  readonly headers: IncomingHttpHeaders;
  readonly ip?: string;
  /** Values of the path parameters, decoded. */
  readonly params?: Readonly<Record<string, string>>;
  /**
   * On a POST, the message that it carries, parsed: an object, or an array for a batch. It is a copy. Changing it does
   * not change the call.
   */
  readonly body?: unknown;
  /** The bytes of the body, if the application asks for them: `NestFactory.create(AppModule, { rawBody: true })`. */
  readonly rawBody?: Buffer;
  /** Node's own request, if the framework wraps it (Fastify). */
  readonly raw?: IncomingMessage;
}

/** The framework's request and response that carry one message. */
export interface HttpExchange {
  readonly request: HttpRequest;
  readonly response: object;
}

/** Returns Node's own request behind a framework's. */
export function rawRequest(request: HttpRequest): IncomingMessage {
  return request.raw ?? (request as IncomingMessage);
}

/** Returns Node's own response behind a framework's. */
export function rawResponse(response: object): ServerResponse {
  return (response as { raw?: ServerResponse }).raw ?? (response as ServerResponse);
}
