import { isIPv4, isIPv6 } from 'node:net';

/** Groups of 16 bits in an IPv6 address. */
const GROUPS = 8;
/** The groups that name the network. A host can use all 2^64 addresses of its network. */
const NETWORK_GROUPS = 4;
const LONGEST = 64;

/**
 * The key by which a remote address is counted: an IPv4 address (also one mapped to IPv6), or the /64 network
 * of an IPv6 address. Undefined for a loopback address (ADR 0007).
 */
export function addressKey(ip: string | undefined): string | undefined {
  if (ip === undefined) return undefined;
  if (isIPv4(ip)) return ofIPv4(ip);
  if (!isIPv6(ip)) return ip.slice(0, LONGEST);
  const groups = groupsOf(ip);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0)) {
    if (groups[5] === 0xffff)
      return ofIPv4([high >> 8, high & 0xff, low >> 8, low & 0xff].join('.'));
    if (groups[5] === 0 && high === 0 && low === 1) return undefined;
  }
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

function ofIPv4(ip: string): string | undefined {
  return ip.startsWith('127.') ? undefined : ip;
}

/** @param ip an address for which `isIPv6()` is true */
function groupsOf(ip: string): readonly number[] {
  const [address = ''] = ip.split('%');
  const [before = '', after] = address.split('::');
  const first = partsOf(before);
  if (after === undefined) return first;
  const last = partsOf(after);
  const zeros = Array.from({ length: GROUPS - first.length - last.length }, () => 0);
  return [...first, ...zeros, ...last];
}

function partsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').flatMap(partOf);
}

/** The last part may be an IPv4 address, which makes two groups. */
function partOf(part: string): number[] {
  if (!part.includes('.')) return [Number.parseInt(part, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d];
}
