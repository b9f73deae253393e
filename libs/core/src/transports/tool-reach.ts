import { Inject, Injectable } from '@nestjs/common';
import { type HttpRequest, rawRequest } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { SessionRegistry } from '../session/session.registry.js';
import { HttpGate } from './http/http-gate.js';
import { sessionAt } from './http/session-place.js';
import { sessionIdOf } from './sse/session-id.js';

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
    const message = this.gate.messageOf(rawRequest(request));
    if (message?.kind !== 'request') return false;
    const { id, method, params } = message;
    const session = sessionAt(this.sessions, sessionIdOf(request), request);
    return (
      session?.isInitialized === true &&
      !session.hasCall(id) &&
      session.runningHandlers < this.settings.limits.inFlight &&
      this.features.some((feature) => feature.reaches(method, params))
    );
  }
}
