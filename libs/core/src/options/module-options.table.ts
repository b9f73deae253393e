import type { CanActivate, Type } from '@nestjs/common';
import type { Backplane } from '../interfaces/backplane/backplane.interface.js';
import { type Duration, toMilliseconds } from '../interfaces/duration.js';
import type { McpCacheOptions, McpCacheScope } from '../interfaces/mcp-cache-options.interface.js';
import type { McpIcon } from '../interfaces/mcp-icon.interface.js';
import type {
  McpLimits,
  McpModuleOptions,
  McpServerOptions,
  SseTransportOptions,
  StreamableHttpTransportOptions,
  TransportDecorator,
} from '../interfaces/options/mcp-module-options.interface.js';
import type { SseEndpointForm } from '../interfaces/options/mcp-settings.interface.js';
import type { PrincipalReader } from '../interfaces/principal-reader.interface.js';
import { DEFAULT_SERVER } from '../interfaces/server-name.js';
import { isEndpointForm, isHost, isOrigin, isPath } from './address-checks.js';
import {
  areIcons,
  hasMethods,
  isCount,
  isDuration,
  isFlag,
  isFunction,
  isGuard,
  isGuardClass,
  isPause,
  isShown,
  isShownName,
  isSwitch,
  isText,
  isWebsite,
  listOf,
  must,
} from './checks.js';
import { converted, defaulted, optional, required, type RowsOf } from './option-row.js';

const MEBIBYTE = 1024 * 1024;

type Endpoint = NonNullable<SseTransportOptions['endpoint']>;
type Transports = NonNullable<McpModuleOptions['transports']>;

/** Makes the compiler check that every option has a row and every row an option. */
type ModuleRows = RowsOf<Omit<McpModuleOptions, 'transports' | 'limits' | 'cache'>> &
  RowsOf<McpServerOptions> &
  RowsOf<Transports, 'transports.'> &
  RowsOf<SseTransportOptions, 'transports.sse.'> &
  RowsOf<StreamableHttpTransportOptions, 'transports.streamableHttp.'> &
  RowsOf<McpLimits, 'limits.'> &
  RowsOf<McpCacheOptions, 'cache.'>;

const path = (standard: string) => defaulted<string>(isPath, standard);
const flag = (standard: boolean) => defaulted<boolean>(isFlag, standard);
const count = (standard: number) => defaulted<number>(isCount, standard);
const duration = (standard: Duration) => converted(isDuration, standard, toMilliseconds);
const pause = (standard: Duration) => converted(isPause, standard, toMilliseconds);

const isModule = isFunction('a module class; a circular import can leave it undefined');
const areModules = listOf(isModule, '[OrdersModule]');

/**
 * All options of `McpModule`, by their full path. If you add an option to the interface, add its row here. Code reads
 * it from `McpSettings`: add it there, and to `toSettings()` in `module-settings.ts`.
 */
export const MODULE_OPTIONS = {
  name: required<string>(isShownName, ''),
  version: required<string>(isText, ''),
  title: optional<string>(isShown),
  websiteUrl: optional<string>(isWebsite),
  icons: defaulted<readonly McpIcon[]>(areIcons, []),
  instructions: optional<string>(isShown),

  server: defaulted<string>(
    must(() => false, 'next to the factory of forRootAsync(), not in its result'),
    DEFAULT_SERVER,
  ),
  path: optional<string>(isPath),
  include: optional<readonly Type[]>(areModules),
  exclude: defaulted<readonly Type[]>(areModules, []),

  'transports.sse': defaulted<boolean | SseTransportOptions>(isSwitch, true),
  'transports.sse.path': path('sse'),
  'transports.sse.messagesPath': path('messages'),
  'transports.sse.endpoint': converted<Endpoint, SseEndpointForm>(
    isEndpointForm,
    'path',
    endpointForm,
  ),
  'transports.sse.keepAlive': pause('15s'),
  'transports.streamableHttp': defaulted<boolean | StreamableHttpTransportOptions>(isSwitch, true),
  'transports.streamableHttp.path': path('mcp'),
  'transports.streamableHttp.keepAlive': pause('15s'),
  'transports.streamableHttp.retry': pause('500ms'),
  'transports.streamableHttp.sessions': flag(true),
  'transports.streamableHttp.json': flag(false),

  allowedHosts: defaulted<readonly string[]>(listOf(isHost, "['api.example.com']"), []),
  allowedOrigins: defaulted<readonly string[]>(listOf(isOrigin, "['https://app.example.com']"), []),
  guards: defaulted<readonly (Type<CanActivate> | CanActivate)[]>(
    listOf(isGuard, '[AuthGuard]'),
    [],
  ),
  decorators: defaulted<readonly TransportDecorator[]>(
    listOf(isFunction('a decorator: Public(), not Public'), '[Public()]'),
    [],
  ),
  once: defaulted<readonly Type<CanActivate>[]>(listOf(isGuardClass, '[ThrottlerGuard]'), []),
  visibility: defaulted<readonly Type<CanActivate>[]>(listOf(isGuardClass, '[RolesGuard]'), []),
  principal: optional<PrincipalReader>(isFunction('a function of the request')),
  backplane: optional<Backplane>(
    must(
      (value) =>
        hasMethods(value, [
          'start',
          'stop',
          'health',
          'isAlive',
          'send',
          'broadcast',
        ] satisfies (keyof Backplane)[]),
      'an instance of a backplane: new InMemoryBackplane()',
    ),
  ),

  pageSize: optional<number>(isCount),
  publishOptionalNull: flag(false),
  strictNames: flag(false),
  openapi: flag(false),
  helpPage: optional<boolean>(isFlag),

  drain: duration('25s'),
  timeout: duration('55s'),
  maxTimeout: duration('10m'),
  'cache.ttl': duration(0),
  'cache.scope': defaulted<McpCacheScope>(
    must((value) => value === 'public' || value === 'private', "'public' or 'private'"),
    'private',
  ),

  'limits.bodyBytes': count(4 * MEBIBYTE),
  'limits.bodyWithin': pause('30s'),
  'limits.bufferedBytes': count(64 * MEBIBYTE),
  'limits.bufferedBytesPerAddress': count(16 * MEBIBYTE),
  'limits.jsonDepth': count(64),
  'limits.jsonNodes': count(10_000),
  'limits.resultBytes': count(8 * MEBIBYTE),
  'limits.inFlight': count(16),
  'limits.streams': count(10_000),
  'limits.streamsPerAddress': count(20),
  'limits.streamsPerPrincipal': count(100),
  'limits.sessions': count(10_000),
  'limits.sessionIdle': pause('30m'),
  'limits.calls': count(1_000),
  'limits.callsPerPrincipal': count(100),
  'limits.initializeWithin': pause('60s'),
  'limits.writeTimeout': pause('30s'),
  'limits.progressPerSecond': count(50),
  'limits.logPerSecond': count(50),
} satisfies ModuleRows;

function endpointForm(endpoint: Endpoint): SseEndpointForm {
  if (endpoint === 'relative') return { kind: 'relative' };
  if (endpoint === 'path') return { kind: 'path', prefix: undefined };
  return { kind: 'path', prefix: new URL(endpoint).pathname.replace(/\/$/, '') };
}
