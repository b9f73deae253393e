/** Host and port of a URL or a `Host` header. */
export interface Authority {
  /** In lower case, without a trailing dot; IPv6 in brackets and in its shortest form. */
  readonly name: string;
  /** Without leading zeros; empty if there is none. */
  readonly port: string;
}

const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const LOOPBACK_IPV4 = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
/** A name has at most 253 characters. A dot and a port may follow. */
const LONGEST_NAME = 254;
const LONGEST = LONGEST_NAME + ':65535'.length;
const HIGHEST_PORT = 65_535;

/**
 * Parses `host[:port]`. Returns undefined for anything else: user info, paths, lists, control characters,
 * empty labels.
 */
export function readAuthority(text: string): Authority | undefined {
  if (text.length > LONGEST) return undefined;
  const [, host = '', digits] = AUTHORITY.exec(text) ?? [];
  const name = host.startsWith('[') ? shortestIpv6(host) : readName(host);
  const port = digits === undefined ? '' : readPort(digits);
  return name === undefined || port === undefined ? undefined : { name, port };
}

/**
 * The host and port in a request's URL of the form `http://host/path` (RFC 9112 §3.2.2); undefined if the URL
 * has none.
 */
export function targetAuthority(url: string): string | undefined {
  const scheme = url.startsWith('/') ? -1 : url.indexOf('://');
  if (scheme === -1) return undefined;
  const rest = url.slice(scheme + 3, scheme + 3 + LONGEST + 1);
  const [authority = ''] = rest.split(/[/?#]/, 1);
  return authority;
}

/** `localhost`, `*.localhost` (RFC 6761), 127.0.0.0/8 and `::1`. */
export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    LOOPBACK_IPV4.test(name)
  );
}

/** The last label of a name is never a number (URL standard, host parsing). */
function isAddress(name: string): boolean {
  return name.startsWith('[') || /^(?:\d+|0x[\da-f]*)$/.test(name.slice(name.lastIndexOf('.') + 1));
}

/** Whether a host can have subdomains. Addresses cannot, nor can names that are already as long as allowed. */
export function hasSubdomains({ name }: Authority): boolean {
  return !isAddress(name) && readName(`a.${name}`) !== undefined;
}

/** The parent domains of a name, the nearest first; none for an address. */
export function parentsOf(name: string): string[] {
  if (isAddress(name)) return [];
  const labels = name.split('.');
  return labels.slice(1).map((_, at) => labels.slice(at + 1).join('.'));
}

function readName(host: string): string | undefined {
  if (host.length > LONGEST_NAME) return undefined;
  const name = (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase();
  return name.split('.').includes('') ? undefined : name;
}

function shortestIpv6(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function readPort(digits: string): string | undefined {
  const port = Number(digits);
  return port >= 1 && port <= HIGHEST_PORT ? String(port) : undefined;
}
