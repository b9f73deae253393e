import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { HOST_REFUSED, ORIGIN_REFUSED, quoted } from '../../messages/log.messages.js';
import { HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED } from '../../messages/refusal.messages.js';
import { isLoopbackName, readAuthority } from './authority.js';
import { Refusal } from './refusal.js';
import { McpLogger } from '../../runtime/mcp-logger.js';

/**
 * Keeps DNS rebinding out: the name a request came by, and the page it came from, must be known.
 * (2025-11-25 transports, Security Warning: servers MUST validate Origin, and answer 403.)
 */
@Injectable()
export class HostCheck {
  private readonly logger = new McpLogger();
  private readonly hosts: ReadonlySet<string>;
  private readonly origins: ReadonlySet<string>;
  private readonly logged = new Set<(name: string) => string>();

  constructor(@Inject(MCP_SETTINGS) { allowedHosts, allowedOrigins }: McpSettings) {
    this.hosts = new Set(allowedHosts.map((host) => host.toLowerCase()));
    this.origins = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
  }

  /** @throws Refusal 403 */
  check({ headers, rawHeaders }: IncomingMessage): void {
    const host = headers.host ?? String(headers[':authority'] ?? '');
    if (!this.isHostAllowed(host) || isNamedTwice(rawHeaders))
      this.refuse(HOST_REFUSED, host, HOST_NOT_ALLOWED);
    const { origin } = headers;
    if (origin !== undefined && !this.isOriginAllowed(origin))
      this.refuse(ORIGIN_REFUSED, origin, ORIGIN_NOT_ALLOWED);
  }

  private isHostAllowed(host: string): boolean {
    const authority = readAuthority(host);
    if (authority === undefined) return false;
    const { name, port } = authority;
    return isLoopbackName(name) || this.hosts.has(name) || this.hosts.has(`${name}:${port}`);
  }

  /** A page may call its own server, a loopback page may call any of ours; others must be listed. */
  private isOriginAllowed(origin: string): boolean {
    if (this.origins.has(origin.toLowerCase())) return true;
    const [, authority] = /^https?:\/\/(.+)$/i.exec(origin) ?? [];
    return authority !== undefined && this.isHostAllowed(authority);
  }

  private refuse(message: (name: string) => string, name: string, words: string): never {
    if (!this.logged.has(message)) {
      this.logged.add(message);
      this.logger.warn(message(quoted(name)));
    }
    throw new Refusal(403, words);
  }
}

/** Node takes the first of several `Host` headers; whoever stands before us may take another (RFC 9112 §3.2). */
function isNamedTwice(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length > 1;
}
