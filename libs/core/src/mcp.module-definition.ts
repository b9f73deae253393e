import { ConfigurableModuleBuilder } from '@nestjs/common';
import { DEFAULT_BODY_BYTES } from './interfaces/default-body-bytes.js';
import { toMilliseconds } from './interfaces/duration.js';
import type {
  McpLimits,
  McpModuleOptions,
  McpServerOptions,
  SseTransportOptions,
  StreamableHttpTransportOptions,
} from './interfaces/mcp-module-options.interface.js';
import type {
  McpLimitSettings,
  McpSettings,
  SseEndpointForm,
  SseSettings,
  StreamableHttpSettings,
} from './interfaces/mcp-settings.interface.js';
import { MCP_MODULE_OPTIONS } from './interfaces/mcp.tokens.js';
import { DEFAULT_SERVER } from './interfaces/server-name.js';
import { checkOptions } from './mcp.options-check.js';
import { cacheHintOf } from './protocol/modern/cache-hint.js';

const MEBIBYTE = 1024 * 1024;

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<McpModuleOptions>({
    moduleName: 'Mcp',
    optionsInjectionToken: MCP_MODULE_OPTIONS,
  })
    .setExtras<McpServerOptions>({ server: DEFAULT_SERVER })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMcpOptions')
    .build();

/**
 * Every default of the package is written in this file.
 * @throws McpBootException when an option could not work.
 */
export function toSettings(options: McpModuleOptions, serverName: string): McpSettings {
  checkOptions(options, serverName);
  const {
    instructions,
    visibility = [],
    pageSize,
    publishOptionalNull = false,
    strictNames = false,
  } = options;
  return {
    server: serverSettings(options),
    instructions,
    visibility,
    pageSize,
    publishOptionalNull,
    strictNames,
    include: options.include,
    exclude: options.exclude ?? [],
    sse: sseSettings(options.transports?.sse ?? true, options.path ?? ''),
    streamableHttp: streamableHttpSettings(
      options.transports?.streamableHttp ?? true,
      options.path ?? '',
    ),
    principal: options.principal,
    ...accessSettings(options),
    ...timeSettings(options),
    cache: cacheHintOf(options.cache),
    limits: limitSettings(options),
  };
}

function serverSettings({
  name,
  version,
  title,
  websiteUrl,
  icons,
}: McpModuleOptions): McpSettings['server'] {
  return {
    name,
    version,
    ...(title !== undefined && { title }),
    ...(websiteUrl !== undefined && { websiteUrl }),
    ...(icons !== undefined && icons.length > 0 && { icons }),
  };
}

type AccessSettings = Pick<
  McpSettings,
  'allowedHosts' | 'allowedOrigins' | 'guards' | 'decorators' | 'once'
>;

function accessSettings({
  allowedHosts = [],
  allowedOrigins = [],
  guards = [],
  decorators = [],
  once = [],
}: McpModuleOptions): AccessSettings {
  return { allowedHosts, allowedOrigins, guards, decorators, once };
}

type TimeSettings = Pick<McpSettings, 'drainMs' | 'timeoutMs' | 'maxTimeoutMs'>;

function timeSettings({
  drain = '25s',
  timeout = '55s',
  maxTimeout = '10m',
}: McpModuleOptions): TimeSettings {
  return {
    drainMs: toMilliseconds(drain),
    timeoutMs: toMilliseconds(timeout),
    maxTimeoutMs: toMilliseconds(maxTimeout),
  };
}

function sseSettings(sse: boolean | SseTransportOptions, base: string): SseSettings {
  const {
    path = 'sse',
    messagesPath = 'messages',
    endpoint = 'path',
    keepAlive = '15s',
  }: SseTransportOptions = typeof sse === 'boolean' ? {} : sse;
  return {
    isOn: sse !== false,
    path: joined(base, path),
    messagesPath: joined(base, messagesPath),
    endpoint: endpointForm(endpoint),
    keepAliveMs: toMilliseconds(keepAlive),
  };
}

function endpointForm(endpoint: Required<SseTransportOptions>['endpoint']): SseEndpointForm {
  if (endpoint === 'relative') return { kind: 'relative' };
  if (endpoint === 'path') return { kind: 'path', prefix: undefined };
  return { kind: 'path', prefix: new URL(endpoint).pathname.replace(/\/$/, '') };
}

function streamableHttpSettings(
  streamableHttp: boolean | StreamableHttpTransportOptions,
  base: string,
): StreamableHttpSettings {
  const {
    path = 'mcp',
    keepAlive = '15s',
    retry = '500ms',
    sessions = true,
    json = false,
  }: StreamableHttpTransportOptions = typeof streamableHttp === 'boolean' ? {} : streamableHttp;
  return {
    isOn: streamableHttp !== false,
    hasSessions: sessions,
    isJson: json,
    path: joined(base, path),
    keepAliveMs: toMilliseconds(keepAlive),
    retryMs: toMilliseconds(retry),
  };
}

const LEAST_BUFFERED = { bufferedBytes: 64 * MEBIBYTE, bufferedBytesPerAddress: 16 * MEBIBYTE };

const DEFAULT_LIMITS: Required<McpLimits> = {
  bodyBytes: DEFAULT_BODY_BYTES,
  bodyWithin: '30s',
  ...LEAST_BUFFERED,
  jsonDepth: 64,
  jsonNodes: 10_000,
  resultBytes: 8 * MEBIBYTE,
  inFlight: 16,
  streams: 10_000,
  streamsPerAddress: 20,
  streamsPerPrincipal: 100,
  sessions: 10_000,
  sessionIdle: '30m',
  calls: 1_000,
  callsPerPrincipal: 100,
  initializeWithin: '60s',
  writeTimeout: '30s',
  progressPerSecond: 50,
  logPerSecond: 50,
};

function limitSettings({ limits = {} }: McpModuleOptions): McpLimitSettings {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  const { bodyWithin, sessionIdle, initializeWithin, writeTimeout, ...counts } = {
    ...DEFAULT_LIMITS,
    ...buffersFor(limits.bodyBytes),
    ...(Object.fromEntries(given) as McpLimits),
  } as Required<McpLimits>;
  return {
    ...counts,
    bodyMs: toMilliseconds(bodyWithin),
    sessionIdleMs: toMilliseconds(sessionIdle),
    initializeMs: toMilliseconds(initializeWithin),
    writeMs: toMilliseconds(writeTimeout),
  };
}

/** A body of the largest size has to fit. */
function buffersFor(bodyBytes = DEFAULT_BODY_BYTES): Partial<McpLimits> {
  return {
    bufferedBytes: Math.max(LEAST_BUFFERED.bufferedBytes, bodyBytes),
    bufferedBytesPerAddress: Math.max(LEAST_BUFFERED.bufferedBytesPerAddress, bodyBytes),
  };
}

/** Path segments joined without empty ones; the result has no slash at either end. */
function joined(...paths: readonly string[]): string {
  return paths
    .flatMap((path) => path.split('/'))
    .filter((segment) => segment !== '')
    .join('/');
}
