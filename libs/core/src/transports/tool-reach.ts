import { Inject, Injectable } from '@nestjs/common';
import { type HttpExchange, rawRequest } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { SessionRegistry } from '../session/session.registry.js';
import { HttpGate } from './http/http-gate.js';
import { sessionIdOf } from './sse/session-id.js';
import { unacceptedCall } from './unaccepted-call.js';

/** Tells of a POST, before it is accepted, whether it is a call that gets to a tool. */
@Injectable()
export class ToolReach {
  constructor(
    private readonly gate: HttpGate,
    private readonly sessions: SessionRegistry,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  reaches({ request, response }: HttpExchange): boolean | Promise<boolean> {
    const message = this.gate.messageOf(rawRequest(request));
    if (message?.kind !== 'request') return false;
    const session = this.sessions.get(sessionIdOf(request));
    const isTaken =
      session?.isInitialized === true &&
      !session.hasCall(message.id) &&
      session.runningHandlers < this.settings.limits.inFlight;
    if (!isTaken) return false;
    const call = unacceptedCall(message, session, { request, response });
    return anyOf(this.features.map((feature) => feature.reaches(call)));
  }
}

function anyOf(answers: readonly (boolean | Promise<boolean>)[]): boolean | Promise<boolean> {
  if (answers.includes(true)) return true;
  const late = answers.filter((answer) => typeof answer !== 'boolean');
  return late.length > 0 && Promise.all(late).then((all) => all.includes(true));
}
