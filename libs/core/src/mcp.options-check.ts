import { DEFAULT_BODY_BYTES } from './interfaces/default-body-bytes.js';
import { type Duration, toMilliseconds } from './interfaces/duration.js';
import type {
  McpLimits,
  McpModuleOptions,
  McpServerOptions,
} from './interfaces/mcp-module-options.interface.js';
import { INVALID_OPTION } from './messages/boot.messages.js';
import { quoted } from './messages/log.messages.js';
import { McpBootException } from './messages/mcp-boot.exception.js';
import { iconProblems } from './protocol/definitions/icon-check.js';
import { textProblems } from './protocol/definitions/text-check.js';
import { unknownNames } from './mcp.option-names.js';
import { isParam, paramNames } from './transports/http/path-pattern.js';
import { likelyHost, readHostPattern } from './transports/http/host-list.js';
import { likelyOrigin, readOriginPattern } from './transports/http/origin-list.js';
import { safePath } from './transports/sse/endpoint-url.js';

/** What can be wrong with a value; undefined when nothing is. */
type Check = (value: unknown) => string | undefined;

const isText: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be a text that is not empty';

const isCount: Check = (value) =>
  value === undefined || (Number.isSafeInteger(value) && Number(value) > 0)
    ? undefined
    : 'must be a whole number from 1 on';

/** Characters that a URL would encode, and patterns, are not matched by the gates. */
const isPath: Check = (value) =>
  value === undefined ||
  (typeof value === 'string' &&
    value.split('/').every((segment) => /^[\w.~-]*$/.test(segment) || isParam(segment)))
    ? undefined
    : 'must be made of letters, digits and - _ . ~ between slashes, and of parameters that are a whole segment: tenants/:id';

const isServer: Check = (value) =>
  typeof value === 'string' && /^[\w-]+$/.test(value)
    ? undefined
    : 'must be a name of letters, digits, - and _';

const isModule: Check = (value) =>
  typeof value === 'function'
    ? undefined
    : 'must be a module class, which a circular import leaves undefined';

const isAbsent: Check = (value) =>
  value === undefined
    ? undefined
    : 'must stand beside the factory of forRootAsync(), not in what it gives';

const isPause: Check = (value) =>
  value === undefined || toMilliseconds(value as number) > 0 ? undefined : 'must be above 0';

const isReader: Check = (value) =>
  value === undefined || typeof value === 'function'
    ? undefined
    : 'must be a function of the request';
const isDuration: Check = (value) => {
  try {
    toMilliseconds(value as Duration);
    return undefined;
  } catch (error) {
    return `cannot be it: ${(error as Error).message}`;
  }
};

const isCacheScope: Check = (value) =>
  value === undefined || value === 'public' || value === 'private'
    ? undefined
    : "must be 'public' or 'private'";

const isFlag: Check = (value) =>
  value === undefined || typeof value === 'boolean' ? undefined : 'must be true or false';

const isHost: Check = (value) =>
  listed(
    value,
    { read: readHostPattern, likely: likelyHost },
    'a host name, with a port or without: api.example.com, or *.example.com for every subdomain',
  );

const isOrigin: Check = (value) =>
  listed(
    value,
    { read: readOriginPattern, likely: likelyOrigin },
    'an origin without a path: https://app.example.com, or https://*.example.com for every subdomain',
  );

interface Entries {
  readonly read: (text: string) => object | undefined;
  readonly likely: (text: string) => string | undefined;
}

function listed(value: unknown, { read, likely }: Entries, words: string): string | undefined {
  if (typeof value !== 'string') return `must be ${words}`;
  if (read(value) !== undefined) return undefined;
  const meant = likely(value);
  const fix = meant === undefined ? `each must be ${words}` : `write ${quoted(meant)}`;
  return `has ${quoted(value)}, which no request can match: ${fix}`;
}

const isWebsite: Check = (value) =>
  value === undefined ||
  (typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value))
    ? undefined
    : 'must be a URL: https://example.com';

/** Its path is put in front of ours, in an event. */
const isEndpointForm: Check = (value) => {
  if (value === undefined || value === 'path' || value === 'relative') return undefined;
  return typeof value === 'string' && isBaseUrl(value)
    ? undefined
    : "must be 'path', 'relative', or the base URL of the application without query: https://example.com/gateway";
};

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash, pathname } = new URL(value);
  return (
    /^https?:$/.test(protocol) &&
    `${username}${password}${search}${hash}` === '' &&
    (pathname === '/' || safePath(pathname) !== undefined)
  );
}

const isGuard: Check = (value) =>
  typeof value === 'function' ? undefined : 'must be the class of a guard';

const COUNTS: readonly (keyof McpLimits)[] = [
  'bodyBytes',
  'bufferedBytes',
  'bufferedBytesPerAddress',
  'jsonDepth',
  'jsonNodes',
  'resultBytes',
  'inFlight',
  'streams',
  'streamsPerAddress',
  'streamsPerPrincipal',
  'sessions',
  'calls',
  'callsPerPrincipal',
  'progressPerSecond',
  'logPerSecond',
];

/** @throws McpBootException naming every option that could not work, before anything is served with it. */
export function checkOptions(options: McpModuleOptions | undefined, server: string): void {
  if (options === undefined)
    throw new McpBootException([INVALID_OPTION('the options', 'are missing')]);
  const {
    limits = {},
    allowedHosts = [],
    allowedOrigins = [],
    include = [],
    exclude = [],
    cache = {},
  } = options;
  const problems = [
    ...unknownNames(options).map((name) => INVALID_OPTION(name, 'is no option')),
    ...problem('server', server, isServer),
    ...problem('server', (options as McpServerOptions).server, isAbsent),
    ...problem('name', options.name, isText),
    ...problem('version', options.version, isText),
    ...problem('path', options.path, isPath),
    ...COUNTS.flatMap((name) => problem(`limits.${name}`, limits[name], isCount)),
    ...bufferProblems(limits),
    ...allowedHosts.flatMap((host) => problem('allowedHosts', host, isHost)),
    ...allowedOrigins.flatMap((origin) => problem('allowedOrigins', origin, isOrigin)),
    ...problem('cache.ttl', cache.ttl ?? 0, isDuration),
    ...problem('cache.scope', cache.scope, isCacheScope),
    ...problem('pageSize', options.pageSize, isCount),
    ...problem('publishOptionalNull', options.publishOptionalNull, isFlag),
    ...problem('strictNames', options.strictNames, isFlag),
    ...(options.visibility ?? []).flatMap((guard) => problem('visibility', guard, isGuard)),
    ...presentationProblems(options),
    ...include.flatMap((type) => problem('include', type, isModule)),
    ...exclude.flatMap((type) => problem('exclude', type, isModule)),
    ...sseProblems(options),
    ...streamableHttpProblems(options),
    ...problem('limits.sessionIdle', limits.sessionIdle, isPause),
    ...problem('limits.writeTimeout', limits.writeTimeout, isPause),
    ...problem('principal', options.principal, isReader),
  ];
  if (problems.length > 0) throw new McpBootException(problems);
}

/** A body of the largest size has to fit. */
function bufferProblems({ bodyBytes = DEFAULT_BODY_BYTES, ...limits }: McpLimits): string[] {
  const words = 'must be no less than limits.bodyBytes';
  return (['bufferedBytes', 'bufferedBytesPerAddress'] as const).flatMap((name) =>
    problem(`limits.${name}`, limits[name], (value) =>
      Number(value ?? Infinity) < bodyBytes ? words : undefined,
    ),
  );
}

/** What clients show, and models read. */
function presentationProblems(options: McpModuleOptions): string[] {
  const texts = (['name', 'title', 'instructions'] as const).flatMap((name) =>
    textProblems(options[name]).map((words) => INVALID_OPTION(name, words)),
  );
  const icons = iconProblems(options.icons).map(({ place, words }) =>
    INVALID_OPTION(`icons${place}`, words),
  );
  return [...texts, ...icons, ...problem('websiteUrl', options.websiteUrl, isWebsite)];
}

function sseProblems({ path: base, transports }: McpModuleOptions): string[] {
  const sse = transports?.sse;
  if (sse === false) return [];
  const {
    path = 'sse',
    messagesPath = 'messages',
    endpoint,
    keepAlive,
  } = typeof sse === 'object' ? sse : {};
  const clash = path === messagesPath ? 'must differ from path' : undefined;
  const params = paramsProblem(base, path, messagesPath);
  return [
    ...problem('transports.sse.path', path, isPath),
    ...problem('transports.sse.messagesPath', messagesPath, isPath),
    ...problem('transports.sse.messagesPath', messagesPath, () => clash),
    ...problem('transports.sse.messagesPath', messagesPath, () => params),
    ...problem('transports.sse.endpoint', endpoint, isEndpointForm),
    ...problem('transports.sse.keepAlive', keepAlive, isPause),
  ];
}

function streamableHttpProblems({ transports }: McpModuleOptions): string[] {
  const options = transports?.streamableHttp;
  if (typeof options !== 'object') return [];
  return [
    ...problem('transports.streamableHttp.path', options.path, isPath),
    ...problem('transports.streamableHttp.keepAlive', options.keepAlive, isPause),
    ...problem('transports.streamableHttp.retry', options.retry, isPause),
    ...problem('transports.streamableHttp.sessions', options.sessions, isFlag),
    ...problem('transports.streamableHttp.json', options.json, isFlag),
  ];
}

/** A session is found again by the values it was opened under, so both URLs must have all of them. */
function paramsProblem(base = '', path: string, messagesPath: string): string | undefined {
  const of = (tail: string): string[] => paramNames(`${base}/${tail}`).toSorted();
  const [stream, messages] = [of(path), of(messagesPath)];
  if (new Set(stream).size < stream.length) return 'must have no parameter twice, path included';
  return stream.join() === messages.join()
    ? undefined
    : 'must have the same parameters as path: the URL of a message says whose session it is for';
}

function problem(name: string, value: unknown, check: Check): string[] {
  const words = check(value);
  return words === undefined ? [] : [INVALID_OPTION(name, words)];
}
