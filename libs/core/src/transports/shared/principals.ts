import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import { USER_WITHOUT_IDENTITY } from '../../messages/log.messages.js';
import { McpLogger } from '../../runtime/mcp-logger.js';

/** The principal of a request without a user. */
export const ANONYMOUS = 'anonymous';

/**
 * The properties of a user that identify it; the first one present is used. Nest's guide to Passport uses
 * `userId`.
 */
const IDENTITIES = ['sub', 'id', 'userId'] as const;

/** Finds the principal of a request, from what the application's guards have set on it. */
@Injectable()
export class Principals {
  private readonly logger = new McpLogger();
  private readonly read: (request: HttpRequest) => string | undefined;
  private warned = false;

  constructor(@Inject(MCP_SETTINGS) { principal }: McpSettings) {
    this.read = principal ?? ((request) => this.ofUser((request as { user?: unknown }).user));
  }

  /**
   * Returns a digest, so that the name of a user is neither stored nor sent to other nodes; {@link ANONYMOUS}
   * if the request has no user.
   */
  of(request: HttpRequest): string {
    const name = this.read(request);
    return name === undefined || name === ''
      ? ANONYMOUS
      : createHash('sha256').update(name).digest('base64url');
  }

  private ofUser(user: unknown): string | undefined {
    if (!isJsonObject(user)) return undefined;
    const identity = IDENTITIES.map((key) => user[key]).find(isIdentity);
    if (identity === undefined) {
      this.warnOnce();
      return undefined;
    }
    // As JSON: with plain concatenation, two different users could have the same name.
    return JSON.stringify([issuerOf(user), String(identity), clientOf(user)]);
  }

  private warnOnce(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(USER_WITHOUT_IDENTITY(IDENTITIES));
  }
}

function isIdentity(value: unknown): value is string | number | bigint {
  return ['string', 'number', 'bigint'].includes(typeof value) && value !== '';
}

function issuerOf({ iss }: JsonObject): string {
  return typeof iss === 'string' ? iss : '';
}

function clientOf({ client_id: client }: JsonObject): string {
  return typeof client === 'string' ? client : '';
}
