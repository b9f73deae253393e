import { likelyHost, readHostPattern } from '../addresses/host-list.js';
import { likelyOrigin, readOriginPattern } from '../addresses/origin-list.js';
import { isParam } from '../addresses/path-pattern.js';
import { safePath } from '../addresses/safe-path.js';
import { quoted } from '../messages/log.messages.js';
import { must } from './checks.js';
import type { Check } from './option-row.js';

/** The gates match neither patterns nor characters that a URL encodes. */
export const isPath = must(
  (value) =>
    typeof value === 'string' &&
    value.split('/').every((segment) => /^[\w.~-]*$/.test(segment) || isParam(segment)),
  'made of letters, digits and - _ . ~ between slashes, and of parameters that are a whole segment: tenants/:id',
);

export const isHost: Check = matchable(
  readHostPattern,
  likelyHost,
  'a host name with or without a port: api.example.com, or *.example.com for every subdomain',
);

export const isOrigin: Check = matchable(
  readOriginPattern,
  likelyOrigin,
  'an origin without a path: https://app.example.com, or https://*.example.com for every subdomain',
);

function matchable(
  read: (text: string) => object | undefined,
  likely: (text: string) => string | undefined,
  words: string,
): Check {
  return (value) => {
    if (typeof value !== 'string') return [{ at: '', words: `must be ${words}` }];
    if (read(value) !== undefined) return [];
    const meant = likely(value);
    const fix = meant === undefined ? `it must be ${words}` : `write ${quoted(meant)}`;
    return [{ at: '', words: `is ${quoted(value)}, which no request can match: ${fix}` }];
  };
}

/** The path of the base URL is put in front of the path in the `endpoint` event. */
export const isEndpointForm = must(
  (value) =>
    value === 'path' || value === 'relative' || (typeof value === 'string' && isBaseUrl(value)),
  "'path', 'relative', or the base URL of the application without query: https://example.com/gateway",
);

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash, pathname } = new URL(value);
  return (
    /^https?:$/.test(protocol) &&
    `${username}${password}${search}${hash}` === '' &&
    (pathname === '/' || safePath(pathname) !== undefined)
  );
}
