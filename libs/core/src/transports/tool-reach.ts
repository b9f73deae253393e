import { Inject, Injectable } from '@nestjs/common';
import { type HttpRequest, rawRequest } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { SessionRegistry } from '../session/session.registry.js';
import { type Admission, HttpGate } from './http/http-gate.js';
import { headerSessionId, queriedSessionId } from './http/session-id.js';

/** Tells of a POST, before it is accepted, whether it is a call that gets to a tool. */
@Injectable()
export class ToolReach {
  constructor(
    private readonly gate: HttpGate,
    private readonly sessions: SessionRegistry,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  reaches(request: HttpRequest): boolean {
    const admission = this.gate.admissionOf(rawRequest(request));
    if (admission?.message?.kind !== 'request') return false;
    const { id, method, params } = admission.message;
    const session = this.sessions.get(sessionIdOf(request, admission));
    return (
      session?.isInitialized === true &&
      !session.hasCall(id) &&
      session.runningHandlers < this.settings.limits.inFlight &&
      this.features.some((feature) => feature.reaches(method, params))
    );
  }
}

function sessionIdOf(request: HttpRequest, { endpoint }: Admission): string {
  return endpoint.answersPosts === true
    ? (headerSessionId(request) ?? '')
    : queriedSessionId(request);
}
