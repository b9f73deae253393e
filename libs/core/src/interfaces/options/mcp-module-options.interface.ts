import type { CanActivate, Type } from '@nestjs/common';
import type { Backplane } from '../backplane/backplane.interface.js';
import type { PrincipalReader } from '../principal-reader.interface.js';
import type { Duration } from '../duration.js';
import type { McpCacheOptions } from '../mcp-cache-options.interface.js';
import type { McpIcon } from '../mcp-icon.interface.js';
import type { ServerNames } from '../server-name.js';

/** A decorator that can stand on a controller and on its methods, as `SetMetadata()` gives it. */
export type TransportDecorator = ClassDecorator & MethodDecorator;

/** Where the HTTP+SSE transport (protocol revision 2024-11-05) is served. */
export interface SseTransportOptions {
  /** Path of the event stream, below `path`. Default: `'sse'`. */
  path?: string;
  /** Path that takes the client's messages, below `path`. Default: `'messages'`. */
  messagesPath?: string;
  /**
   * How the `endpoint` event names the URL of the messages (2024-11-05 transports). `'path'`: from the root of
   * the host, behind what a proxy says in `X-Forwarded-Prefix`. A base URL, `https://example.com/gateway`: the
   * same behind the path of that URL, for a proxy that takes a path away and does not say so. `'relative'`: to
   * the stream's URL, which not every client resolves so. Default: `'path'`.
   */
  endpoint?: 'path' | 'relative' | `http${string}`;
  /** Pause between two keep-alive comments on a quiet stream. Default: `'15s'`. */
  keepAlive?: Duration;
}

/** Where Streamable HTTP (protocol revisions from 2025-03-26 on) is served. */
export interface StreamableHttpTransportOptions {
  /** Path of the one endpoint, below the module's `path`. Default: `'mcp'`. */
  path?: string;
  /** Pause between two keep-alive comments on a quiet stream. Default: `'15s'`. */
  keepAlive?: Duration;
  /**
   * Time that a client of revision 2025-11-25 is told to wait before it comes back, when the server ends its
   * connection by itself. Default: `'500ms'`.
   */
  retry?: Duration;
  /**
   * `false` keeps no sessions: no client gets a `Mcp-Session-Id`, and one that it sends is ignored. Each POST
   * stands for itself in every revision, at whichever process it comes in; GET and DELETE are answered with 405.
   * What needs a session is not there for revisions before 2026-07-28: notifications outside of a call, log
   * messages, cancellation, resuming, the client's capabilities. Default: `true`.
   */
  sessions?: boolean;
  /**
   * `true` answers POSTs with JSON alone, never with an event stream, to clients that accept no more than
   * `application/json`, too. Progress and log messages of calls are dropped, nothing is sent while a call runs,
   * and `subscriptions/listen` is refused. Default: `false`.
   */
  json?: boolean;
}

/** Bounds on what clients may ask of this server; with several servers in a process, each has its own. Each refusal names its code and status in the docs. */
export interface McpLimits {
  /** Bytes of one POST body; more is answered 413. Default: 4 MiB. */
  bodyBytes?: number;
  /** Time that one POST body may take to arrive; longer is answered 408. Default: `'30s'`. */
  bodyWithin?: Duration;
  /**
   * Bytes of all POST bodies that this process holds at once, of all servers of the application: bodies that are
   * still on their way, and those whose guards are asked. More is answered 503. Default: 64 MiB, or `bodyBytes`
   * where that is more.
   */
  bufferedBytes?: number;
  /**
   * The same for one remote address, as `request.ip` gives it. Loopback is not counted, since behind a reverse
   * proxy on the same host it stands for everybody. Default: 16 MiB, or `bodyBytes` where that is more.
   */
  bufferedBytesPerAddress?: number;
  /** Nesting of a message; more is answered 400. Default: 64. */
  jsonDepth?: number;
  /** Values (members and elements) of a message; more is answered 400. Default: 10,000. */
  jsonNodes?: number;
  /**
   * Bytes of one result; a larger one is answered with an error result. Default: 8 MiB. A client is cut off when
   * this and 4 MiB more wait for it on one stream or answer, or this and 16 MiB more on all of its owner: those
   * that took nothing for longest go first.
   */
  resultBytes?: number;
  /**
   * Open streams, and sessions of Streamable HTTP, of one user (see `principal`); more is answered 429.
   * Default: 100.
   */
  streamsPerPrincipal?: number;
  /**
   * Sessions of Streamable HTTP in this process, a quarter of them for known users alone. For more, idle anonymous
   * ones end; where all are in use, more is answered 503. Default: 10,000.
   */
  sessions?: number;
  /** Time that a session of Streamable HTTP may be without a call and an open stream, before it is forgotten. Default: `'30m'`. */
  sessionIdle?: Duration;
  /**
   * Calls over HTTP that this process runs at once, of whatever transport and revision, a quarter of them for known
   * users alone; more is answered 503. Default: 1,000.
   */
  calls?: number;
  /**
   * The same calls of one user, or one address where there is none (loopback is not counted), in all its
   * sessions; more is answered 429. Default: 100.
   */
  callsPerPrincipal?: number;
  /** Calls that one session may have running at once; more is answered 429. Default: 16. */
  inFlight?: number;
  /**
   * Open streams of this server in this process, a quarter of them for known users alone; more is answered 503.
   * Default: 10,000.
   */
  streams?: number;
  /**
   * Open streams of one remote address (of IPv6, one /64 network); more is answered 429. Loopback is not counted, since behind a
   * reverse proxy on the same host it stands for everybody. Default: 20.
   */
  streamsPerAddress?: number;
  /**
   * Time a client of HTTP+SSE has to send `initialize`, or any other request, before its stream is ended. One that
   * names its protocol version as it opens the stream is not held to it. Default: `'60s'`.
   */
  initializeWithin?: Duration;
  /**
   * Time that a client may go without taking a byte of what waits for it, before it is cut off. One that reads
   * slowly is not. Default: `'30s'`.
   */
  writeTimeout?: Duration;
  /**
   * Progress notifications of one call in a second, and at once after a pause. Of more, the latest are sent,
   * and the last one in any case. Default: 50.
   */
  progressPerSecond?: number;
  /**
   * Log messages of one call in a second, and at once after a pause. More are dropped, and a last message
   * says how many. Default: 50.
   */
  logPerSecond?: number;
}

/** What stands beside the options, or beside the factory that gives them: it is needed before a factory runs. */
export interface McpServerOptions {
  /**
   * Name of this server in the application, where there are several: letters, digits, `-` and `_`. It says
   * which tools belong here and is part of the tokens that inject what the server exports; clients never
   * see it. Default: `'default'`.
   */
  server?: string;
}

/** Tool classes that `McpModule.forFeature()` assigns to a server; modules provide them as ever. */
export interface McpFeatureOptions {
  tools: readonly Type[];
  /** One server or several. Default: the default server, or the only one. */
  server?: ServerNames;
}

/** What `McpModule.forRoot()` takes and what the factory of `forRootAsync()` gives. */
export interface McpModuleOptions {
  /** Name of the server, as clients show it. */
  name: string;
  /** Version of the server. */
  version: string;
  /** Human-readable name of the server. */
  title?: string;
  /** Web site of the server, an `https:` or `http:` URL; sent from revision 2025-11-25 on. */
  websiteUrl?: string;
  /** Pictures that clients may show beside the server's name; sent from revision 2025-11-25 on. */
  icons?: readonly McpIcon[];
  /** What a model should know before it uses the server; sent with `initialize`. */
  instructions?: string;
  /**
   * Path that all routes of this server stand below; the application's global prefix comes before it. A
   * segment may be a parameter, `tenants/:id/mcp`: guards find it in `request.params`, tools in `ctx.params`,
   * and a session can only be used under the values that it was opened with. Default: none.
   */
  path?: string;
  /**
   * Modules whose tools this server has, and none of others; those that name their server are not concerned.
   * Only the module that provides a class counts, not what it imports.
   * Default: all that belong to no other server, where this is the default server or the only one.
   */
  include?: readonly Type[];
  /** Modules that this server has no tools of, whatever assigned them. Default: none. */
  exclude?: readonly Type[];
  /** Transports to serve. Each is on by default; `false` switches it off. */
  transports?: {
    /** HTTP+SSE. An object moves it. Default: true. */
    sse?: boolean | SseTransportOptions;
    /** Streamable HTTP. An object moves it. Default: true. */
    streamableHttp?: boolean | StreamableHttpTransportOptions;
  };
  /**
   * Hosts (`api.example.com`, or with a port) that clients may call this server by; `*.example.com` is every
   * subdomain, not the domain itself. Loopback names are always allowed. One that no request can match stops the
   * start. Default: none, which keeps DNS rebinding out.
   */
  allowedHosts?: readonly string[];
  /**
   * Origins (`https://app.example.com`, `https://*.example.com` for every subdomain, `chrome-extension://…`) of
   * the pages that may call this server, beside its own and loopback ones. `null` is every page that has no
   * origin of its own. Default: none. One that no request can match stops the start.
   */
  allowedOrigins?: readonly string[];
  /** Guards of every route of the transports, behind the application's global ones. Default: none. */
  guards?: readonly (Type<CanActivate> | CanActivate)[];
  /** Decorators for the transports' controllers: metadata that global guards look for (`Public()`, `SkipThrottle()`). Default: none. */
  decorators?: readonly TransportDecorator[];
  /**
   * Global guards that run a single time for a tool call, on the tool, instead of on the route as well:
   * those that count, such as `ThrottlerGuard`. Other messages meet them on the route. Default: none.
   */
  once?: readonly Type<CanActivate>[];
  /**
   * Whose a request is. A session is served to whom it was opened for, and to nobody else.
   * Default: `iss`, `client_id` and the first of `sub`, `id` and `userId` of `request.user`; anonymous without.
   */
  principal?: PrincipalReader;
  /**
   * Joins this process with others that serve the same server, and keeps the events that streams resume from.
   * Default: one in memory, for a process that is alone.
   */
  backplane?: Backplane;
  /**
   * Guards that decide who may see a tool, as if they were marked with `@McpVisibility()`: for those of
   * libraries. Default: none.
   */
  visibility?: readonly Type<CanActivate>[];
  /** Tools in one page of `tools/list`. Default: all, in one page. */
  pageSize?: number;
  /**
   * Publish that `@IsOptional()` lets `null` through, in the schemas of arguments: `anyOf` with null, which
   * some model APIs refuse or drop. `null` is accepted in any case, and what says `nullable` publishes it in
   * any case. Default: false.
   */
  publishOptionalNull?: boolean;
  /**
   * Refuse names of tools and arguments that the protocol allows and large clients do not (MCP019): the
   * start and edits of the registry fail. Default: false, they are warned of.
   */
  strictNames?: boolean;
  limits?: McpLimits;
  /** How long, and by whom, clients of revision 2026-07-28 may keep lists and resources. Default: not at all. */
  cache?: McpCacheOptions;
  /** Time that running calls have to end when the application shuts down. Default: `'25s'`. */
  drain?: Duration;
  /** Time that a tool may take to answer. Default: `'55s'`, since the official clients give up after 60 s. */
  timeout?: Duration;
  /** Time that progress can never extend a call beyond; a longer `timeout` of a tool holds. Default: `'10m'`. */
  maxTimeout?: Duration;
}

/** What a class given to `forRootAsync({ useClass })` or `useExisting` implements. */
export interface McpOptionsFactory {
  createMcpOptions(): McpModuleOptions | Promise<McpModuleOptions>;
}
