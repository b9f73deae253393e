import { Inject, Injectable } from '@nestjs/common';
import { type HttpRequest, rawRequest } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import { SessionRegistry } from '../session/session.registry.js';
import { HttpGate } from './http/http-gate.js';
import { sessionIdOf } from './sse/session-id.js';

/** Tells of a POST, before it is accepted, whether it is a call that gets to a tool. */
@Injectable()
export class ToolReach {
  constructor(
    private readonly gate: HttpGate,
    private readonly sessions: SessionRegistry,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  reaches(request: HttpRequest): boolean {
    const message = this.gate.messageOf(rawRequest(request));
    if (message?.kind !== 'request') return false;
    const { method, params } = message;
    return (
      this.features.some((feature) => feature.reaches(method, params)) &&
      this.sessions.get(sessionIdOf(request))?.isInitialized === true
    );
  }
}
