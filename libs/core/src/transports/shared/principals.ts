import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import { USER_WITHOUT_IDENTITY } from '../../messages/log.messages.js';
import { McpLogger } from '../../runtime/mcp-logger.js';

/** Whoever comes without a user is this one. */
export const ANONYMOUS = 'anonymous';

/** Members of a user that tell one from another, the first one there counts; `userId` is what Nest's own guide to Passport gives. */
const IDENTITIES = ['sub', 'id', 'userId'] as const;

/** Tells whose a request is, from what the application's guards have put on it. */
@Injectable()
export class Principals {
  private readonly logger = new McpLogger();
  private readonly read: (request: HttpRequest) => string | undefined;
  private warned = false;

  constructor(@Inject(MCP_SETTINGS) { principal }: McpSettings) {
    this.read = principal ?? ((request) => this.ofUser((request as { user?: unknown }).user));
  }

  /** A digest, so that no name of a user is kept or travels; {@link ANONYMOUS} where there is none. */
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
    // As JSON, since an issuer and a subject could be cut apart elsewhere than they were joined.
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
