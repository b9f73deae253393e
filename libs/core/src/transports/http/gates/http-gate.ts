import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import {
  type HttpExchange,
  type HttpRequest,
  rawRequest,
} from '../../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import { NOT_ROUTED } from '../../../messages/refusal.messages.js';
import type { JsonRpcPost } from '../../../protocol/json-rpc.js';
import { Drain } from '../../../session/drain.js';
import { helpInstead } from '../help/help-instead.js';
import { checkReadsAnswers, checkReadsStream } from './accept-check.js';
import { Arrivals } from '../responses/arrivals.js';
import { bodyReadBefore, checkMediaType, hasBody, parseBody } from '../../shared/body.js';
import { BodyQuota, type BodyLease } from '../quotas/body-quota.js';
import { type BodyTerms, readBody } from '../bodies/body-reader.js';
import { putBody } from '../bodies/request-body.js';
import type { Endpoint, EndpointMethod } from '../routing/endpoint-table.js';
import { HostAndOriginCheck } from './host-and-origin-check.js';
import { ANONYMOUS } from '../../shared/principals.js';
import { closed, Refusal, shuttingDown } from '../../shared/refusal.js';
import { ownerKey } from '../../shared/stream-owner.js';

/** The content of an admitted request: a message or a batch on POST, no message on GET and DELETE. */
export interface Admission {
  readonly message: JsonRpcPost | undefined;
  readonly endpoint: Endpoint;
}

const NO_BYTES = Buffer.alloc(0);

/**
 * Stage 1 of the gates: checks that need neither the session nor the user. They run ahead of Nest in the
 * order of the error contract, the cheapest first.
 */
@Injectable()
export class HttpGate {
  private readonly admissions = new WeakMap<IncomingMessage, Admission>();
  private readonly stopping = new AbortController();
  private readonly terms: BodyTerms;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly hosts: HostAndOriginCheck,
    private readonly drain: Drain,
    private readonly budget: BodyQuota,
    private readonly arrivals: Arrivals,
  ) {
    this.terms = { ...settings.limits, stopping: this.stopping.signal };
    // One listener for each body that is being read. Node would warn of more than 10.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Stops reading bodies. A client that never sends the rest of its body would keep the server open. */
  stop(): void {
    this.stopping.abort();
  }

  /**
   * Checks a request, reads its body and puts the message on the request.
   * @param keepsBytes whether the application wants the bytes of the body, too
   * @throws Refusal when the request fails a check
   */
  async admit(exchange: HttpExchange, endpoint: Endpoint, keepsBytes: boolean): Promise<void> {
    const request = rawRequest(exchange.request);
    if (this.drain.hasEnded) throw closed();
    const method = endpoint.methods.find((allowed) => allowed === request.method);
    if (this.drain.hasBegun && method === 'GET') throw shuttingDown();
    this.hosts.check(request);
    if (endpoint.helpPage !== undefined) helpInstead(endpoint.helpPage, request, endpoint.methods);
    if (method === undefined)
      throw new Refusal(405, '', { headers: { Allow: endpoint.methods.join(', ') } });
    const lease = this.budget.lease(addressOf(exchange.request), this.settings.limits);
    try {
      const bytes = await this.bodyOf(request, method, endpoint, lease);
      const message =
        method === 'POST' ? this.messageIn(bytes, exchange.request, keepsBytes) : undefined;
      if (this.drain.hasEnded) throw closed();
      this.admissions.set(request, { message, endpoint });
      const id = message?.kind === 'request' ? message.id : undefined;
      this.arrivals.add(exchange, id, () => lease.release());
    } catch (refusal) {
      lease.release();
      throw refusal;
    }
  }

  /**
   * Returns the content of a request that the gate has admitted.
   * @throws Refusal 404 when the request came to the controller without passing the gate; 503 when the server
   * has ended meanwhile, or when it is shutting down and the request would open a stream
   */
  admitted({ request, response }: HttpExchange): Admission {
    const raw = rawRequest(request);
    const admission = this.admissions.get(raw);
    if (admission === undefined) throw new Refusal(404, NOT_ROUTED);
    if (this.drain.hasEnded) throw closed();
    if (raw.method !== 'GET') return admission;
    if (this.drain.hasBegun) throw shuttingDown();
    this.arrivals.remove(response);
    return admission;
  }

  /**
   * Like {@link admitted}, and drops the message. A request can stay open for a long time, and its message
   * would stay in memory for as long.
   * @throws Refusal as {@link admitted} does
   */
  takeAdmission(exchange: HttpExchange): Admission {
    const admission = this.admitted(exchange);
    this.admissions.set(rawRequest(exchange.request), { ...admission, message: undefined });
    return admission;
  }

  /** Returns the content of a request, or undefined if the gate did not admit it. */
  admissionOf(request: IncomingMessage): Admission | undefined {
    return this.admissions.get(request);
  }

  private messageIn(bytes: Buffer, request: HttpRequest, keepsBytes: boolean): JsonRpcPost {
    const { json, message } = parseBody(bytes, this.settings.limits);
    putBody(request, { json, bytes, keepsBytes });
    return message;
  }

  /**
   * Reads the whole body. Only the body of a POST has a meaning. It is read on other methods too, because a
   * parser of the application would otherwise wait for it without the limits of this server.
   */
  private async bodyOf(
    request: IncomingMessage,
    method: EndpointMethod,
    { answersPosts, answersJson }: Endpoint,
    lease: BodyLease,
  ): Promise<Buffer> {
    if (method === 'GET') checkReadsStream(request);
    if (method === 'POST') {
      checkMediaType(request);
      if (answersPosts === true) checkReadsAnswers(request, answersJson === true);
    } else if (!hasBody(request)) return NO_BYTES;
    if (method !== 'POST' && request.readableEnded) return NO_BYTES;
    const before = bodyReadBefore(request, this.settings.limits.bodyBytes);
    if (before !== undefined) lease.grow(before.length);
    return before ?? readBody(request, this.terms, lease);
  }
}

/** The key that a body counts for; undefined if many clients share the address. */
function addressOf(request: HttpRequest): string | undefined {
  const ip = request.ip ?? rawRequest(request).socket.remoteAddress;
  return ownerKey({ principal: ANONYMOUS, ip });
}
