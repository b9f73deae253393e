import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { NOT_ACCEPTABLE, NOT_ROUTED, SHUTTING_DOWN } from '../../messages/refusal.messages.js';
import type { JsonRpcMessage } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { SessionRegistry } from '../../session/session.registry.js';
import { checkMediaType, parseMessage, readBody } from './body.js';
import type { Endpoint } from './endpoint.table.js';
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

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly hosts: HostCheck,
    private readonly sessions: SessionRegistry,
  ) {}

  /** @throws Refusal when the request is not taken. */
  async admit(request: IncomingMessage, endpoint: Endpoint): Promise<void> {
    if (this.sessions.isDraining && endpoint.method === 'GET') throw shuttingDown();
    this.hosts.check(request.headers);
    if (request.method !== endpoint.method)
      throw new Refusal(405, '', { headers: { Allow: endpoint.method } });
    const message =
      endpoint.method === 'GET' ? checkAccept(request) : await this.readMessage(request);
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

  private async readMessage(request: IncomingMessage): Promise<JsonRpcMessage> {
    checkMediaType(request);
    const { limits } = this.settings;
    const body = alreadyRead(request) ?? (await readBody(request, limits.bodyBytes));
    return parseMessage(body, limits);
  }
}

/** A platform that hands requests over with their bodies read (serverless) leaves them as `rawBody` or `body`. */
function alreadyRead(
  request: IncomingMessage & { rawBody?: unknown; body?: unknown },
): Buffer | undefined {
  if (!request.readableEnded) return undefined;
  if (Buffer.isBuffer(request.rawBody)) return request.rawBody;
  return request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
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
