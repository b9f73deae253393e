import { domainToASCII } from 'node:url';
import { type Authority, hasSubdomains, parentsOf, readAuthority } from './authority.js';

/** An entry of `allowedHosts`: a host, or all subdomains of a host. */
export interface HostPattern extends Authority {
  readonly isWildcard: boolean;
}

const WILDCARD = '*.';
/** Ports that clients omit from `Host`. Behind a proxy it is unknown which of them was meant. */
const DEFAULT_PORTS = ['80', '443'];

/** Parses `host[:port]` and `*.host[:port]`. Returns undefined if no request can match the text. */
export function readHostPattern(text: string): HostPattern | undefined {
  const isWildcard = text.startsWith(WILDCARD);
  const host = inAscii(isWildcard ? text.slice(WILDCARD.length) : text);
  const authority = readAuthority(host);
  if (authority === undefined || (isWildcard && !hasSubdomains(authority))) return undefined;
  return { ...authority, isWildcard };
}

/** Guesses the host that was meant by an invalid entry; undefined if there is no good guess. */
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

/** The allowed hosts. Loopback names, which are always allowed, are not in the list. */
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

/** Letters of any script; in ASCII, only the characters that a name may have. */
const NAME = /^[\w.\u0080-\uffff-]+$/;
const OTHER_SCRIPT = /[\u0080-\uffff]/;

/** Converts a name to ASCII (`xn--…`), the form in which requests have it. */
export function inAscii(authority: string): string {
  const [name = '', ...port] = authority.split(':');
  const isNamed = OTHER_SCRIPT.test(name) && NAME.test(name);
  return isNamed ? [domainToASCII(name), ...port].join(':') : authority;
}
