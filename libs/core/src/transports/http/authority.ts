/** Host and port of a URL or a `Host` header. */
export interface Authority {
  /** Lower case, without a trailing dot; IPv6 in brackets. */
  readonly name: string;
  /** Empty where none was given. */
  readonly port: string;
}

const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const LOOPBACK_IPV4 = /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** Reads `host[:port]`; undefined for anything else: user info, paths, lists, control characters. */
export function readAuthority(text: string): Authority | undefined {
  const [, name, port = ''] = AUTHORITY.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase().replace(/\.$/, ''), port };
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
