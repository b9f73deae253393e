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

/** Frameworks leave the URL as it was sent beside one that they change. */
interface SentRequest extends IncomingMessage {
  readonly originalUrl?: string;
}

type LogLine = (name: string) => string;

/** Sites of a page that is none of ours (Fetch Metadata §2.4). Browsers set them; no page can. */
const FOREIGN_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site']);

/**
 * Keeps DNS rebinding out: the names a request came by, and the page it came from, must be known.
 * (2025-11-25 transports, Security Warning: servers MUST validate Origin, and answer 403.)
 */
@Injectable()
export class HostCheck {
  private readonly logger = new McpLogger();
  private readonly hosts: HostList;
  private readonly origins: OriginList;
  private readonly logged = new Set<LogLine>();

  constructor(@Inject(MCP_SETTINGS) { allowedHosts, allowedOrigins }: McpSettings) {
    this.hosts = new HostList(allowedHosts);
    this.origins = new OriginList(allowedOrigins);
  }

  /** @throws Refusal 403 */
  check(request: IncomingMessage): void {
    this.checkHosts(request);
    const { origin } = request.headers;
    if (origin === undefined) this.checkSite(request);
    else this.checkOrigin(origin);
  }

  /** HTTP/2 has a name in `:authority`, a proxy's request one in its URL; whoever stands before us may have taken either. */
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

  /** Images, scripts and forms of a page bring no `Origin`. A navigation is nobody's call; see `HttpGate`. */
  private checkSite({ headers }: IncomingMessage): void {
    if (headers['sec-fetch-mode'] === 'navigate') return;
    if (FOREIGN_SITES.has(headers['sec-fetch-site']))
      this.refuse(FOREIGN_PAGE_REFUSED, '', ORIGIN_NOT_ALLOWED);
  }

  private isHostAllowed(host: Authority): boolean {
    return isLoopbackName(host.name) || this.hosts.has(host);
  }

  /** A page may call its own server, a loopback page may call any of ours; others must be listed. */
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

/** Node takes the first of several `Host` headers; whoever stands before us may take another (RFC 9112 §3.2). */
function isNamedTwice(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length > 1;
}
