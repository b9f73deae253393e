import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { NOT_ACCEPTABLE, NOT_ROUTED, SHUTTING_DOWN } from '../../messages/refusal.messages.js';
import type { JsonRpcMessage } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { SessionRegistry } from '../../session/session.registry.js';
import { bodyReadBefore, type BodyTerms, checkMediaType, parseMessage, readBody } from './body.js';
import type { Endpoint, EndpointMethod } from './endpoint.table.js';
import { HostCheck } from './host-check.js';
import { Refusal } from './refusal.js';

/** What an admitted request brought along: a message on POST, nothing on GET. */
interface Admission {
  readonly message: JsonRpcMessage | undefined;
}

const EVENT_STREAM = /(?:^|,)\s*(?:text\/event-stream|text\/\*|\*\/\*)\s*(?:;|,|$)/i;

/**
 * Stage 1: what can be told of a request without knowing its session or its user. Runs ahead of Nest,
 * in the order of the error contract, cheapest first.
 */
@Injectable()
export class HttpGate {
  private readonly admissions = new WeakMap<IncomingMessage, Admission>();
  private readonly stopping = new AbortController();
  private readonly terms: BodyTerms;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly hosts: HostCheck,
    private readonly sessions: SessionRegistry,
  ) {
    this.terms = { ...settings.limits, stopping: this.stopping.signal };
    // One listener for each body under way, however many that are.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Waits for no body any more; a half-sent one would hold the server open. */
  stop(): void {
    this.stopping.abort();
  }

  /** @throws Refusal when the request is not taken. */
  async admit(request: IncomingMessage, endpoint: Endpoint): Promise<void> {
    const method = endpoint.methods.find((allowed) => allowed === request.method);
    if (this.sessions.isDraining && method === 'GET') throw shuttingDown();
    this.hosts.check(request);
    if (method === undefined)
      throw new Refusal(405, '', { headers: { Allow: endpoint.methods.join(', ') } });
    const message = await this.broughtBy(request, method);
    this.admissions.set(request, { message });
  }

  /**
   * What the request brought along.
   * @throws Refusal 404 when it reached the controller by a way around the gate.
   */
  admitted(request: IncomingMessage): Admission {
    const admission = this.admissions.get(request);
    if (admission === undefined) throw new Refusal(404, NOT_ROUTED);
    return admission;
  }

  /** The message of a request, if it is one of ours and brought one. */
  messageOf(request: IncomingMessage): JsonRpcMessage | undefined {
    return this.admissions.get(request)?.message;
  }

  private async broughtBy(
    request: IncomingMessage,
    method: EndpointMethod,
  ): Promise<JsonRpcMessage | undefined> {
    if (method === 'POST') return this.readMessage(request);
    return method === 'GET' ? checkAccept(request) : undefined;
  }

  private async readMessage(request: IncomingMessage): Promise<JsonRpcMessage> {
    checkMediaType(request);
    const body = bodyReadBefore(request, this.terms) ?? (await readBody(request, this.terms));
    return parseMessage(body, this.settings.limits);
  }
}

function checkAccept({ headers }: IncomingMessage): undefined {
  if (!EVENT_STREAM.test(headers.accept ?? '*/*')) throw new Refusal(406, NOT_ACCEPTABLE);
}

export function shuttingDown(): Refusal {
  return new Refusal(503, SHUTTING_DOWN, {
    code: JsonRpcErrorCode.InternalError,
    headers: { 'Retry-After': '1' },
  });
}
