import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import {
  FOREIGN_PAGE_REFUSED,
  HOST_REFUSED,
  NO_HOST,
  NO_ORIGIN,
  NULL_ORIGIN_REFUSED,
  ORIGIN_REFUSED,
  quoted,
  TWO_HOSTS,
} from '../../../messages/log.messages.js';
import { HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED } from '../../../messages/refusal.messages.js';
import {
  type Authority,
  isLoopbackName,
  readAuthority,
  targetAuthority,
} from '../../../addresses/authority.js';
import { HostList } from '../../../addresses/host-list.js';
import {
  isWeb,
  NULL_ORIGIN,
  type Origin,
  OriginList,
  originText,
  readOrigin,
} from '../../../addresses/origin-list.js';
import { Refusal } from '../../shared/refusal.js';
import { McpLogger } from '../../../runtime/mcp-logger.js';

/** Frameworks that change `url` keep the URL that the client sent in `originalUrl`. */
interface SentRequest extends IncomingMessage {
  readonly originalUrl?: string;
}

type LogLine = (name: string) => string;

/**
 * Values of `Sec-Fetch-Site` for a page of another origin (Fetch Metadata §2.4). Browsers set the header, and
 * a page cannot change it.
 */
const FOREIGN_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site']);

/**
 * Protects against DNS rebinding: the host that a request names and the origin of the page that sent it must
 * both be allowed (2025-11-25 transports, Security Warning: servers MUST validate Origin and respond with
 * 403).
 */
@Injectable()
export class HostAndOriginCheck {
  private readonly logger = new McpLogger();
  private readonly hosts: HostList;
  private readonly origins: OriginList;
  private readonly logged = new Set<LogLine>();

  constructor(@Inject(MCP_SETTINGS) { allowedHosts, allowedOrigins }: McpSettings) {
    this.hosts = new HostList(allowedHosts);
    this.origins = new OriginList(allowedOrigins);
  }

  /** @throws Refusal 403 when the host or the origin is not allowed */
  check(request: IncomingMessage): void {
    this.checkHosts(request);
    const { origin } = request.headers;
    if (origin === undefined) this.checkSite(request);
    else this.checkOrigin(origin);
  }

  /**
   * Checks every name in the request, because a proxy in front of the server may have routed by any of them:
   * `Host`, `:authority` of HTTP/2, and the host in a URL that was sent to a proxy.
   */
  private checkHosts({ headers, rawHeaders, url = '', originalUrl = url }: SentRequest): void {
    const names = [headers.host, headers[':authority'], targetAuthority(originalUrl)].filter(
      (name) => name !== undefined,
    );
    if (names.length === 0) names.push('');
    for (const name of names.map(String)) {
      const host = readAuthority(name);
      if (host === undefined) this.refuse(NO_HOST, quoted(name), HOST_NOT_ALLOWED);
      if (!this.isHostAllowed(host)) this.refuse(HOST_REFUSED, `'${host.name}'`, HOST_NOT_ALLOWED);
    }
    if (isNamedTwice(rawHeaders)) this.refuse(TWO_HOSTS, '', HOST_NOT_ALLOWED);
  }

  private checkOrigin(text: string): void {
    const origin = readOrigin(text);
    if (origin === undefined) this.refuse(NO_ORIGIN, quoted(text), ORIGIN_NOT_ALLOWED);
    if (this.isOriginAllowed(origin)) return;
    const line = origin.scheme === NULL_ORIGIN ? NULL_ORIGIN_REFUSED : ORIGIN_REFUSED;
    this.refuse(line, `'${originText(origin)}'`, ORIGIN_NOT_ALLOWED);
  }

  /**
   * Checks a request without `Origin`, such as one from an image, a script or a form. A navigation is
   * allowed: it cannot call a tool, and `HttpGate` refuses it where a stream would open.
   */
  private checkSite({ headers }: IncomingMessage): void {
    if (headers['sec-fetch-mode'] === 'navigate') return;
    if (FOREIGN_SITES.has(headers['sec-fetch-site']))
      this.refuse(FOREIGN_PAGE_REFUSED, '', ORIGIN_NOT_ALLOWED);
  }

  private isHostAllowed(host: Authority): boolean {
    return isLoopbackName(host.name) || this.hosts.has(host);
  }

  /**
   * Allows the listed origins, and web origins whose host is allowed: the server's own hosts and loopback
   * hosts.
   */
  private isOriginAllowed(origin: Origin): boolean {
    if (this.origins.has(origin)) return true;
    return isWeb(origin.scheme) && this.isHostAllowed(origin.authority);
  }

  private refuse(line: LogLine, name: string, words: string): never {
    if (!this.logged.has(line)) {
      this.logged.add(line);
      this.logger.warn(line(name));
    }
    throw new Refusal(403, words);
  }
}

/**
 * Node uses the first of several `Host` headers. A proxy in front of the server may use another (RFC 9112
 * §3.2).
 */
function isNamedTwice(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length > 1;
}
