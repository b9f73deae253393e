import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import {
  NOT_A_PAGE,
  NOT_ACCEPTABLE,
  NOT_ROUTED,
  POST_NOT_ACCEPTABLE,
  SHUTTING_DOWN,
} from '../../messages/refusal.messages.js';
import type { JsonRpcPost } from '../../protocol/json-rpc.js';
import { Drain } from '../../session/drain.js';
import {
  bodyReadBefore,
  type BodyTerms,
  checkMediaType,
  hasBody,
  parseMessage,
  readBody,
} from './body.js';
import type { Endpoint, EndpointMethod } from './endpoint.table.js';
import { HostCheck } from './host-check.js';
import { accepts } from './media-types.js';
import { Refusal, tooMany } from './refusal.js';

/** What an admitted request brought along: a message (or batch) on POST, nothing on GET and DELETE. */
export interface Admission {
  readonly message: JsonRpcPost | undefined;
  readonly endpoint: Endpoint;
}

const EVENT_STREAM: ReadonlySet<string> = new Set(['text/event-stream', 'text/*', '*/*']);
const JSON_TYPE: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);

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
    private readonly drain: Drain,
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
    if (this.drain.hasBegun && method === 'GET') throw shuttingDown();
    this.hosts.check(request);
    if (method === undefined)
      throw new Refusal(405, '', { headers: { Allow: endpoint.methods.join(', ') } });
    const message = await this.broughtBy(request, method, endpoint);
    this.admissions.set(request, { message, endpoint });
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

  /** The same, for whoever acts on it: a request can stay open for long, and does not hold its message. */
  take(request: IncomingMessage): Admission {
    const admission = this.admitted(request);
    this.admissions.set(request, { ...admission, message: undefined });
    return admission;
  }

  /** What the request brought along, if it is one of ours. */
  admissionOf(request: IncomingMessage): Admission | undefined {
    return this.admissions.get(request);
  }

  private async broughtBy(
    request: IncomingMessage,
    method: EndpointMethod,
    { answersPosts }: Endpoint,
  ): Promise<JsonRpcPost | undefined> {
    if (method === 'GET') checkStreamable(request);
    if (method !== 'POST') {
      // It means nothing, but a parser of the application would read it.
      if (hasBody(request) && !request.readableEnded) await readBody(request, this.terms);
      return undefined;
    }
    checkMediaType(request);
    if (answersPosts === true)
      checkAccepts(request, [EVENT_STREAM, JSON_TYPE], POST_NOT_ACCEPTABLE);
    return this.readMessage(request);
  }

  private async readMessage(request: IncomingMessage): Promise<JsonRpcPost> {
    const body = bodyReadBefore(request, this.terms) ?? (await readBody(request, this.terms));
    return parseMessage(body, this.settings.limits);
  }
}

/** Whoever navigates to a stream looks at it, and reads no events: a session would be opened for nothing. */
function checkStreamable(request: IncomingMessage): void {
  if (request.headers['sec-fetch-mode'] === 'navigate') throw new Refusal(406, NOT_A_PAGE);
  checkAccepts(request, [EVENT_STREAM], NOT_ACCEPTABLE);
}

function checkAccepts(
  { headers }: IncomingMessage,
  types: readonly ReadonlySet<string>[],
  words: string,
): void {
  const accept = headers.accept ?? '*/*';
  if (!types.every((each) => accepts(accept, each))) throw new Refusal(406, words);
}

export function shuttingDown(id?: RequestId): Refusal {
  return tooMany(503, SHUTTING_DOWN, id);
}
