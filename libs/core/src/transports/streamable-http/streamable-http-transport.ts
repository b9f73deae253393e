import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { HttpExchange } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { isStatelessRequest } from '../../protocol/stateless/is-stateless-request.js';
import { type Endpoint, EndpointTable } from '../http/routing/endpoint-table.js';
import { STREAMABLE_HTTP_HELP } from '../http/help/help-page.js';
import { HttpGate } from '../http/gates/http-gate.js';
import { SessionHttpService } from './session-http.service.js';
import { SessionlessHttpService } from './sessionless-http.service.js';
import { StatelessHttpService } from './stateless-http.service.js';

/**
 * Streamable HTTP: one URL for all revisions that have this transport. Each POST shows whether it belongs to
 * a session revision or to a stateless revision.
 */
@Injectable()
export class StreamableHttpTransport {
  private readonly endpoint: Endpoint;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly endpoints: EndpointTable,
    private readonly gate: HttpGate,
    private readonly sessions: SessionHttpService,
    private readonly sessionless: SessionlessHttpService,
    private readonly stateless: StatelessHttpService,
  ) {
    const { path, isOn, hasSessions, isJson } = settings.streamableHttp;
    this.endpoint = {
      path,
      methods: hasSessions ? ['POST', 'GET', 'DELETE'] : ['POST'],
      answersPosts: true,
      answersJson: isJson,
      helpPage: settings.helpPage ? STREAMABLE_HTTP_HELP : undefined,
    };
    if (isOn) this.endpoints.add(this.endpoint);
  }

  /** Path of the endpoint as clients see it, with the global prefix; undefined if the transport is off. */
  get fullPath(): string | undefined {
    return this.settings.streamableHttp.isOn ? this.endpoints.fullPath(this.endpoint) : undefined;
  }

  /** @throws Refusal when the message is refused; it has not been processed then */
  async post(exchange: HttpExchange): Promise<void> {
    const { message } = this.gate.takeAdmission(exchange);
    if (message === undefined) return;
    if (message.kind !== 'batch' && isStatelessRequest(message, exchange.request.headers))
      return this.stateless.post(message, exchange);
    return this.settings.streamableHttp.hasSessions
      ? this.sessions.post(message, exchange)
      : this.sessionless.post(message, exchange);
  }

  /** @throws Refusal when the session or the stream does not exist, or cannot be opened */
  async get(exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    this.gate.admitted(exchange);
    return this.sessions.get(exchange);
  }

  /** @throws Refusal when the session does not exist */
  async delete(exchange: HttpExchange): Promise<void> {
    this.gate.admitted(exchange);
    return this.sessions.delete(exchange);
  }
}
