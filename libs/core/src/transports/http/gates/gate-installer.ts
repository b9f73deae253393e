import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { onHttpAdapter } from '../../../execution/context/on-http-adapter.js';
import { type HttpRequest, rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import { RawBodyChoice } from '../bodies/raw-body-choice.js';
import { ApplicationCors } from './application-cors.js';
import { EarlyAnswers } from '../responses/early-answers.js';
import { EndpointTable } from '../routing/endpoint-table.js';
import { type FastifyRouting, routeLikeExpress } from '../routing/fastify-routing.js';
import { HttpGate } from './http-gate.js';
import { Refusal } from '../../shared/refusal.js';
import { sendRefusal } from '../responses/send-refusal.js';
import { closeWithConnection } from '../responses/waiting-responses.js';

/** The parts of Fastify's request, reply and instance that are used here. */
interface FastifyRequest {
  readonly raw: IncomingMessage;
  headers: Record<string, unknown>;
}
interface FastifyReply {
  readonly raw: object;
}
interface FastifyHooks {
  addHook(
    name: 'preParsing',
    hook: (request: FastifyRequest, reply: FastifyReply, payload: Readable) => Promise<Readable>,
  ): void;
  addHook(name: 'preValidation', hook: (request: FastifyRequest) => Promise<void>): void;
}

type FastifyInstance = FastifyHooks & FastifyRouting;
type Next = (error?: unknown) => void;

/** The headers by which Fastify decides whether a request has a body. */
const NO_BODY = {
  'content-type': undefined,
  'content-length': undefined,
  'transfer-encoding': undefined,
};

/**
 * Installs the gate ahead of Nest as soon as the HTTP adapter is known. With `NestFactory` this is
 * immediately, in a `TestingModule` later, but always before Nest registers its body parser. The parsers of
 * the application and their limits therefore never apply to an MCP message.
 */
@Injectable()
export class GateInstaller {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly endpoints: EndpointTable,
    private readonly gate: HttpGate,
    private readonly early: EarlyAnswers,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {
    onHttpAdapter(host, () => this.install());
  }

  private install(): void {
    const { httpAdapter } = this.host;
    RawBodyChoice.of(httpAdapter);
    if (httpAdapter.getType() === 'fastify') this.hook(httpAdapter.getInstance<FastifyInstance>());
    else {
      httpAdapter.use(this.middleware);
      ApplicationCors.of(httpAdapter);
    }
  }

  private readonly middleware = (request: IncomingMessage, response: object, next: Next): void => {
    const endpoint = this.endpoints.find(request.url ?? '/');
    if (endpoint === undefined) return next();
    request.url = this.endpoints.routedUrl(endpoint, request.url ?? '/');
    if (request.method === 'OPTIONS') return next();
    closeWithConnection(rawResponse(response));
    const readLimit = this.readLimitOf(request);
    this.gate.admit({ request, response }, endpoint, this.keepsBytes).then(
      () => next(),
      (error: unknown) => {
        if (!(error instanceof Refusal)) return next(error);
        this.early.hold(request, rawResponse(response), readLimit);
        this.refuse(request, response, error, next);
      },
    );
  };

  private hook(fastify: FastifyInstance): void {
    routeLikeExpress(fastify, this.endpoints);
    const hidden = new WeakSet<FastifyRequest>();
    fastify.addHook('preParsing', async (request, reply, payload) => {
      const endpoint = this.endpoints.find(request.raw.url ?? '/');
      if (endpoint === undefined || request.raw.method === 'OPTIONS') return payload;
      closeWithConnection(rawResponse(reply));
      const readLimit = this.readLimitOf(request.raw);
      try {
        const exchange = { request: request as HttpRequest, response: reply };
        await this.gate.admit(exchange, endpoint, this.keepsBytes);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.early.hold(request.raw, rawResponse(reply), readLimit);
        sendRefusal(this.host.httpAdapter, reply, error);
        // If a hook of the application is still working on the response, Fastify would continue with the
        // route.
        return new Promise<never>(() => undefined);
      }
      // The gate has read the body. Fastify would parse it again with the application's limit, or report that
      // it is missing. Without these headers it does neither.
      hidden.add(request);
      request.headers = NO_BODY;
      return payload;
    });
    fastify.addHook('preValidation', async (request) => {
      if (hidden.delete(request)) request.headers = {};
    });
  }

  private get keepsBytes(): boolean {
    return RawBodyChoice.of(this.host.httpAdapter).keepsBytes;
  }

  /** The `bytesRead` of the connection from which on no more of a refused request is read. */
  private readLimitOf({ socket }: IncomingMessage): number {
    return socket.bytesRead + 2 * this.settings.limits.bodyBytes;
  }

  private refuse(request: IncomingMessage, response: object, error: Refusal, next: Next): void {
    const { httpAdapter } = this.host;
    ApplicationCors.of(httpAdapter).apply(request, response, (failed) => {
      if (failed === undefined) sendRefusal(httpAdapter, response, error);
      else next(failed);
    });
  }
}
