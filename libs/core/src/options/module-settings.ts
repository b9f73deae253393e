import type {
  McpLimitSettings,
  McpSettings,
  SseSettings,
  StreamableHttpSettings,
} from '../interfaces/options/mcp-settings.interface.js';
import { DEFAULT_SERVER } from '../interfaces/server-name.js';
import { INVALID_OPTION, MISSING_OPTIONS } from '../messages/option.messages.js';
import type { Backplane } from '../interfaces/backplane/backplane.interface.js';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import { cacheHintOf } from '../protocol/stateless/cache-hint.js';
import { isServerName } from './checks.js';
import { type ModuleOptionSettings, relationProblems } from './module-options.rules.js';
import { MODULE_OPTIONS } from './module-options.table.js';
import { type OptionProblem, optionProblems, settle } from './option-problems.js';

/** The settings that the module derives from its options. If there are problems, the server does not start. */
export interface ModuleSettings {
  readonly settings: McpSettings;
  /** Undefined for the default, which is in memory. */
  readonly backplane: Backplane | undefined;
  /** Problems for the boot report. Settings of invalid options have their defaults. */
  readonly problems: readonly string[];
}

/**
 * Reads the options of one server. Returns its settings and all problems.
 * @param outside what is wrong beside the factory that returned the options; without a factory there are none
 */
export function readModuleOptions(
  options: unknown,
  server: string,
  outside: readonly string[] = [],
): ModuleSettings {
  const given = isJsonObject(options) ? options : {};
  const found = isJsonObject(options)
    ? optionProblems(MODULE_OPTIONS, given)
    : [{ path: 'the options', words: MISSING_OPTIONS }].filter(() => outside.length === 0);
  const wrong = new Set(found.map(({ option }: OptionProblem) => option));
  const values = settle(MODULE_OPTIONS, given, found);
  const raised = raisedBuffers(values, given);
  const problems = [
    ...isServerName(server).map(({ words }) => ({ path: 'server', words })),
    ...found,
    ...relationProblems(raised, wrong),
  ];
  const name = server === DEFAULT_SERVER ? undefined : server;
  return {
    settings: toSettings(raised),
    backplane: values.backplane,
    problems: [...outside, ...problems.map(({ path, words }) => INVALID_OPTION(path, words, name))],
  };
}

/** Raises the default sizes of the buffers, so that a body of the largest size fits. Sizes that are set stay. */
function raisedBuffers(values: ModuleOptionSettings, given: JsonObject): ModuleOptionSettings {
  const limits = isJsonObject(given['limits']) ? given['limits'] : {};
  const body = values['limits.bodyBytes'];
  const raised = (['bufferedBytes', 'bufferedBytesPerAddress'] as const)
    .filter((name) => limits[name] === undefined)
    .map((name) => [`limits.${name}`, Math.max(values[`limits.${name}`], body)]);
  return { ...values, ...Object.fromEntries(raised) } as ModuleOptionSettings;
}

function toSettings(values: ModuleOptionSettings): McpSettings {
  return {
    server: serverSettings(values),
    instructions: values.instructions,
    visibility: values.visibility,
    pageSize: values.pageSize,
    publishOptionalNull: values.publishOptionalNull,
    strictNames: values.strictNames,
    isInOpenApi: values.openapi,
    helpPage: values.helpPage ?? process.env['NODE_ENV'] !== 'production',
    include: values.include,
    exclude: values.exclude,
    sse: sseSettings(values),
    streamableHttp: streamableHttpSettings(values),
    principal: values.principal,
    allowedHosts: values.allowedHosts,
    allowedOrigins: values.allowedOrigins,
    guards: values.guards,
    decorators: values.decorators,
    once: values.once,
    drainMs: values.drain,
    timeoutMs: values.timeout,
    maxTimeoutMs: values.maxTimeout,
    cache: cacheHintOf({ ttl: values['cache.ttl'], scope: values['cache.scope'] }),
    limits: limitSettings(values),
  };
}

function serverSettings({
  name,
  version,
  title,
  websiteUrl,
  icons,
}: ModuleOptionSettings): McpSettings['server'] {
  return {
    name,
    version,
    ...(title !== undefined && { title }),
    ...(websiteUrl !== undefined && { websiteUrl }),
    ...(icons.length > 0 && { icons }),
  };
}

function sseSettings(values: ModuleOptionSettings): SseSettings {
  return {
    isOn: values['transports.sse'] !== false,
    path: joined(values.path, values['transports.sse.path']),
    messagesPath: joined(values.path, values['transports.sse.messagesPath']),
    endpoint: values['transports.sse.endpoint'],
    keepAliveMs: values['transports.sse.keepAlive'],
  };
}

function streamableHttpSettings(values: ModuleOptionSettings): StreamableHttpSettings {
  return {
    isOn: values['transports.streamableHttp'] !== false,
    hasSessions: values['transports.streamableHttp.sessions'],
    isJson: values['transports.streamableHttp.json'],
    path: joined(values.path, values['transports.streamableHttp.path']),
    keepAliveMs: values['transports.streamableHttp.keepAlive'],
    retryMs: values['transports.streamableHttp.retry'],
  };
}

function limitSettings(values: ModuleOptionSettings): McpLimitSettings {
  return {
    bodyBytes: values['limits.bodyBytes'],
    bodyMs: values['limits.bodyWithin'],
    bufferedBytes: values['limits.bufferedBytes'],
    bufferedBytesPerAddress: values['limits.bufferedBytesPerAddress'],
    jsonDepth: values['limits.jsonDepth'],
    jsonNodes: values['limits.jsonNodes'],
    resultBytes: values['limits.resultBytes'],
    inFlight: values['limits.inFlight'],
    streams: values['limits.streams'],
    streamsPerAddress: values['limits.streamsPerAddress'],
    streamsPerPrincipal: values['limits.streamsPerPrincipal'],
    sessions: values['limits.sessions'],
    sessionIdleMs: values['limits.sessionIdle'],
    calls: values['limits.calls'],
    callsPerPrincipal: values['limits.callsPerPrincipal'],
    initializeMs: values['limits.initializeWithin'],
    writeMs: values['limits.writeTimeout'],
    progressPerSecond: values['limits.progressPerSecond'],
    logPerSecond: values['limits.logPerSecond'],
  };
}

/** Path segments joined without empty ones; the result has no slash at either end. */
function joined(...paths: readonly (string | undefined)[]): string {
  return paths
    .flatMap((path) => path?.split('/') ?? [])
    .filter((segment) => segment !== '')
    .join('/');
}
