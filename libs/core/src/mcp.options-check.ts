import { toMilliseconds } from './interfaces/duration.js';
import type {
  McpLimits,
  McpModuleOptions,
  McpServerOptions,
} from './interfaces/mcp-module-options.interface.js';
import { INVALID_OPTION } from './messages/boot.messages.js';
import { McpBootException } from './messages/mcp-boot.exception.js';
import { isParam, paramNames } from './transports/http/path-pattern.js';
import { readAuthority } from './transports/http/authority.js';

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

const isHost: Check = (value) =>
  typeof value === 'string' && readAuthority(value) !== undefined
    ? undefined
    : 'must be a host name, with a port or without: api.example.com';

const isOrigin: Check = (value) =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value.toLowerCase()
    ? undefined
    : 'must be an origin without a path: https://app.example.com';

const COUNTS: readonly (keyof McpLimits)[] = [
  'bodyBytes',
  'jsonDepth',
  'jsonNodes',
  'resultBytes',
  'inFlight',
  'streams',
  'streamsPerAddress',
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
  } = options;
  const problems = [
    ...problem('server', server, isServer),
    ...problem('server', (options as McpServerOptions).server, isAbsent),
    ...problem('name', options.name, isText),
    ...problem('version', options.version, isText),
    ...problem('path', options.path, isPath),
    ...COUNTS.flatMap((name) => problem(`limits.${name}`, limits[name], isCount)),
    ...allowedHosts.flatMap((host) => problem('allowedHosts', host, isHost)),
    ...allowedOrigins.flatMap((origin) => problem('allowedOrigins', origin, isOrigin)),
    ...include.flatMap((type) => problem('include', type, isModule)),
    ...exclude.flatMap((type) => problem('exclude', type, isModule)),
    ...sseProblems(options),
  ];
  if (problems.length > 0) throw new McpBootException(problems);
}

function sseProblems({ path: base, transports }: McpModuleOptions): string[] {
  const sse = transports?.sse;
  if (sse === false) return [];
  const { path = 'sse', messagesPath = 'messages', keepAlive } = typeof sse === 'object' ? sse : {};
  const clash = path === messagesPath ? 'must differ from path' : undefined;
  const params = paramsProblem(base, path, messagesPath);
  return [
    ...problem('transports.sse.path', path, isPath),
    ...problem('transports.sse.messagesPath', messagesPath, isPath),
    ...problem('transports.sse.messagesPath', messagesPath, () => clash),
    ...problem('transports.sse.messagesPath', messagesPath, () => params),
    ...problem('transports.sse.keepAlive', keepAlive, isPause),
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
