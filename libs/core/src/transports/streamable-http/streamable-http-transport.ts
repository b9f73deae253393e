import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { HttpExchange } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { isStatelessRequest } from '../../protocol/stateless/is-stateless-request.js';
import { type Endpoint, EndpointTable } from '../http/routing/endpoint-table.js';
import { HttpGate } from '../http/gates/http-gate.js';
import { SessionHttpService } from './session-http.service.js';
import { SessionlessHttpService } from './sessionless-http.service.js';
import { StatelessHttpService } from './stateless-http.service.js';

/** One URL for every revision that has it: each POST tells which leg it belongs to. */
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
    };
    if (isOn) this.endpoints.add(this.endpoint);
  }

  /** Path of the endpoint as clients see it, global prefix included; undefined when it is switched off. */
  get fullPath(): string | undefined {
    return this.settings.streamableHttp.isOn ? this.endpoints.fullPath(this.endpoint) : undefined;
  }

  /** @throws Refusal when the message is not taken; then nothing has been done. */
  async post(exchange: HttpExchange): Promise<void> {
    const { message } = this.gate.takeAdmission(exchange);
    if (message === undefined) return;
    if (message.kind !== 'batch' && isStatelessRequest(message, exchange.request.headers))
      return this.stateless.post(message, exchange);
    return this.settings.streamableHttp.hasSessions
      ? this.sessions.post(message, exchange)
      : this.sessionless.post(message, exchange);
  }

  /** @throws Refusal when there is no such stream. */
  async get(exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    this.gate.admitted(exchange);
    return this.sessions.get(exchange);
  }

  /** @throws Refusal when there is no such session. */
  async delete(exchange: HttpExchange): Promise<void> {
    this.gate.admitted(exchange);
    return this.sessions.delete(exchange);
  }
}
