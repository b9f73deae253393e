import { type Authority, hasSubdomains, parentsOf, readAuthority } from './authority.js';
import { inAscii } from './host-list.js';

/** The value of an `Origin` header (RFC 6454 §7). */
export interface Origin {
  /** `null` for a page without an origin, such as a file or a sandboxed frame. */
  readonly scheme: string;
  /** For schemes other than http and https, the name is everything after `://`. */
  readonly authority: Authority;
}

interface OriginPattern extends Origin {
  readonly isWildcard: boolean;
}

export const NULL_ORIGIN = 'null';
const DEFAULT_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' };
const SCHEME = /^[a-z][a-z\d+.-]{0,63}$/;
/**
 * Names such as in `chrome-extension://…`, `vscode-webview://…`, `app://.` and `file://`. They are compared
 * as text.
 */
const OPAQUE_NAME = /^[\w.~:%+-]{0,200}$/;
const WILDCARD = '*.';
const NOTHING: Authority = { name: '', port: '' };

/**
 * Parses an origin. Returns undefined for text that a browser cannot send: a list, a path, user info, an
 * invalid host.
 */
export function readOrigin(text: string): Origin | undefined {
  const origin = text.toLowerCase();
  if (origin === NULL_ORIGIN) return { scheme: NULL_ORIGIN, authority: NOTHING };
  const [scheme, name] = splitOrigin(origin);
  if (name === undefined || !SCHEME.test(scheme)) return undefined;
  const authority = isWeb(scheme) ? readAuthority(name) : opaque(name);
  return authority && { scheme, authority: withoutDefaultPort(scheme, authority) };
}

/** Writes an origin as text. {@link readOrigin} returns the same origin for it. */
export function originText({ scheme, authority: { name, port } }: Origin): string {
  if (scheme === NULL_ORIGIN) return NULL_ORIGIN;
  return `${scheme}://${name}${port === '' ? '' : `:${port}`}`;
}

export function isWeb(scheme: string): boolean {
  return Object.hasOwn(DEFAULT_PORT, scheme);
}

/**
 * Parses an entry of `allowedOrigins`: an origin, or `https://*.example.com` for all subdomains. Returns
 * undefined if no request can match the text.
 */
export function readOriginPattern(text: string): OriginPattern | undefined {
  const [scheme, name = ''] = splitOrigin(text);
  if (!isWeb(scheme.toLowerCase())) return asPattern(readOrigin(text), false);
  const isWildcard = name.startsWith(WILDCARD);
  const host = inAscii(isWildcard ? name.slice(WILDCARD.length) : name);
  return asPattern(readOrigin(`${scheme}://${host}`), isWildcard);
}

function asPattern(origin: Origin | undefined, isWildcard: boolean): OriginPattern | undefined {
  if (origin === undefined || (isWildcard && !hasSubdomains(origin.authority))) return undefined;
  return { ...origin, isWildcard };
}

/** Guesses the origin that was meant by an invalid entry; undefined if there is no good guess. */
export function likelyOrigin(text: string): string | undefined {
  const [scheme, name] = splitOrigin(text.trim());
  const bare = (name ?? scheme).split(/[/?#]/, 1).join();
  const prefix = name === undefined ? 'https://' : `${scheme}://`;
  return [bare, bare.replace(/^\.+/, WILDCARD)]
    .filter((host) => host !== '')
    .map((host) => `${prefix}${host}`)
    .find((origin) => readOriginPattern(origin) !== undefined);
}

/** The allowed origins. Origins on an allowed host are not in the list. */
export class OriginList {
  private readonly origins = new Set<string>();
  private readonly domains = new Set<string>();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const pattern = readOriginPattern(entry);
      if (pattern) (pattern.isWildcard ? this.domains : this.origins).add(originText(pattern));
    }
  }

  has(origin: Origin): boolean {
    if (this.origins.has(originText(origin))) return true;
    if (this.domains.size === 0 || !isWeb(origin.scheme)) return false;
    const { scheme, authority } = origin;
    return parentsOf(authority.name).some((name) =>
      this.domains.has(originText({ scheme, authority: { ...authority, name } })),
    );
  }
}

function splitOrigin(text: string): [scheme: string, name: string | undefined] {
  const at = text.indexOf('://');
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 3)];
}

function opaque(name: string): Authority | undefined {
  return OPAQUE_NAME.test(name) ? { name, port: '' } : undefined;
}

function withoutDefaultPort(scheme: string, { name, port }: Authority): Authority {
  return { name, port: port === DEFAULT_PORT[scheme] ? '' : port };
}
