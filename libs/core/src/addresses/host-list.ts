import { domainToASCII } from 'node:url';
import { type Authority, hasSubdomains, parentsOf, readAuthority } from './authority.js';

/** An entry of `allowedHosts`: a host, or every subdomain of one. */
export interface HostPattern extends Authority {
  readonly isWildcard: boolean;
}

const WILDCARD = '*.';
/** Clients leave them out of `Host`, and behind a proxy it cannot be told which one was meant. */
const DEFAULT_PORTS = ['80', '443'];

/** Reads `host[:port]` and `*.host[:port]`; undefined for what no request can match. */
export function readHostPattern(text: string): HostPattern | undefined {
  const isWildcard = text.startsWith(WILDCARD);
  const host = inAscii(isWildcard ? text.slice(WILDCARD.length) : text);
  const authority = readAuthority(host);
  if (authority === undefined || (isWildcard && !hasSubdomains(authority))) return undefined;
  return { ...authority, isWildcard };
}

/** What was probably meant by text that is no host; undefined where that is anybody's guess. */
export function likelyHost(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .split(/[/?#]/, 1)
    .join();
  return [bare, bare.replace(/^\.+/, WILDCARD), `[${bare}]`].find(
    (host) => readHostPattern(host) !== undefined,
  );
}

/** The hosts that are served, beside loopback names. */
export class HostList {
  private readonly hosts = new Map<string, Set<string>>();
  private readonly domains = new Map<string, Set<string>>();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const pattern = readHostPattern(entry);
      if (pattern === undefined) continue;
      const { name, port, isWildcard } = pattern;
      const kind = isWildcard ? this.domains : this.hosts;
      kind.set(name, (kind.get(name) ?? new Set()).add(port));
    }
  }

  has({ name, port }: Authority): boolean {
    if (isServed(this.hosts.get(name), port)) return true;
    return (
      this.domains.size > 0 &&
      parentsOf(name).some((domain) => isServed(this.domains.get(domain), port))
    );
  }
}

function isServed(ports: ReadonlySet<string> | undefined, port: string): boolean {
  if (ports === undefined) return false;
  return (
    ports.has('') ||
    ports.has(port) ||
    (port === '' && DEFAULT_PORTS.some((common) => ports.has(common)))
  );
}

/** Letters of any script; of ASCII, only what a name may hold. */
const NAME = /^[\w.\u0080-\uffff-]+$/;
const OTHER_SCRIPT = /[\u0080-\uffff]/;

/** Requests carry the names of other scripts in ASCII (`xn--…`). */
export function inAscii(authority: string): string {
  const [name = '', ...port] = authority.split(':');
  const isNamed = OTHER_SCRIPT.test(name) && NAME.test(name);
  return isNamed ? [domainToASCII(name), ...port].join(':') : authority;
}
