import type { CanActivate, Type } from '@nestjs/common';
import type { Backplane } from '../backplane/backplane.interface.js';
import type { PrincipalReader } from '../principal-reader.interface.js';
import type { Duration } from '../duration.js';
import type { McpCacheOptions } from '../mcp-cache-options.interface.js';
import type { McpIcon } from '../mcp-icon.interface.js';
import type { ServerNames } from '../server-name.js';

/** A decorator that can be put on a controller and on its methods, such as the result of `SetMetadata()`. */
export type TransportDecorator = ClassDecorator & MethodDecorator;

/** Where the HTTP+SSE transport (protocol revision 2024-11-05) is served. */
export interface SseTransportOptions {
  /** Path of the event stream, below `path`. Default: `'sse'`. */
  path?: string;
  /** Path for the client's messages, below `path`. Default: `'messages'`. */
  messagesPath?: string;
  /**
   * How the `endpoint` event names the URL for messages (2024-11-05 transports). `'path'`: a path from the root of
   * the host, with the prefix that a proxy sends in `X-Forwarded-Prefix`. A base URL such as
   * `https://example.com/gateway`: the same with the path of that URL as its prefix, for a proxy that strips a prefix
   * and sends no such header. `'relative'`: relative to the URL of the stream, which some clients do not resolve.
   * Default: `'path'`.
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
   * How long a client of revision 2025-11-25 waits before it reconnects after the server has ended its connection.
   * Default: `'500ms'`.
   */
  retry?: Duration;
  /**
   * `false` keeps no sessions: clients get no `Mcp-Session-Id`, and one that a client sends is ignored. Each POST is
   * independent in every revision, and any process can serve it. GET and DELETE are answered with 405. Revisions
   * before 2026-07-28 then lack what needs a session: notifications outside of a call, log messages, cancellation,
   * resuming, and the client's capabilities. Default: `true`.
   */
  sessions?: boolean;
  /**
   * `true` answers POSTs with JSON, never with an event stream, and also serves clients that accept only
   * `application/json`. Progress and log messages of calls are dropped, nothing is sent while a call runs, and
   * `subscriptions/listen` is refused. Default: `false`.
   */
  json?: boolean;
}

/**
 * Limits on what clients may use of this server. Each server of a process has its own. The docs list the code and
 * status of each refusal.
 */
export interface McpLimits {
  /** Bytes of one POST body. A larger one is answered with 413. Default: 4 MiB. */
  bodyBytes?: number;
  /** Time in which one POST body must arrive. A slower one is answered with 408. Default: `'30s'`. */
  bodyWithin?: Duration;
  /**
   * Bytes of all POST bodies that this process holds at once, for all servers of the application: bodies that are
   * still arriving, and bodies whose guards are still running. Further ones are answered with 503. Default: 64 MiB,
   * or `bodyBytes` if that is more.
   */
  bufferedBytes?: number;
  /**
   * The same for one remote address (`request.ip`). Loopback is not counted, because behind a reverse proxy on the
   * same host every client has that address. Default: 16 MiB, or `bodyBytes` if that is more.
   */
  bufferedBytesPerAddress?: number;
  /** Nesting of a message. A deeper one is answered with 400. Default: 64. */
  jsonDepth?: number;
  /** Values (properties and elements) of a message. More are answered with 400. Default: 10,000. */
  jsonNodes?: number;
  /**
   * Bytes of one result. A larger one is answered with an error result. Default: 8 MiB. A client is cut off when this
   * and 4 MiB more wait for it on one stream or answer, or when this and 16 MiB more wait for all clients of its
   * owner. Clients that have read nothing for the longest time are cut off first.
   */
  resultBytes?: number;
  /**
   * Open streams, and sessions of Streamable HTTP, of one user (see `principal`). More are answered with 429.
   * Default: 100.
   */
  streamsPerPrincipal?: number;
  /**
   * Sessions of Streamable HTTP in this process. A quarter of them is reserved for known users. If the limit is
   * reached, idle anonymous sessions end; if all are in use, a new one is answered with 503. Default: 10,000.
   */
  sessions?: number;
  /** Time after which a session of Streamable HTTP expires if it has no call and no open stream. Default: `'30m'`. */
  sessionIdle?: Duration;
  /**
   * Calls over HTTP that this process runs at once, for all transports and revisions. A quarter of them is reserved
   * for known users. More are answered with 503. Default: 1,000.
   */
  calls?: number;
  /**
   * The same for one user, or for one address if there is no user (loopback is not counted), in all its sessions.
   * More are answered with 429. Default: 100.
   */
  callsPerPrincipal?: number;
  /** Calls that one session may have running at once. More are answered with 429. Default: 16. */
  inFlight?: number;
  /**
   * Open streams of this server in this process. A quarter of them is reserved for known users. More are answered
   * with 503. Default: 10,000.
   */
  streams?: number;
  /**
   * Open streams of one remote address (for IPv6, one /64 network). More are answered with 429. Loopback is not
   * counted, because behind a reverse proxy on the same host every client has that address. Default: 20.
   */
  streamsPerAddress?: number;
  /**
   * Time in which a client of HTTP+SSE must send `initialize`, or any other request, before its stream is ended. Does
   * not apply to a client that names its protocol version when it opens the stream. Default: `'60s'`.
   */
  initializeWithin?: Duration;
  /**
   * Time that a client may go without reading any of the bytes that wait for it, before it is cut off. A slow reader
   * is not cut off. Default: `'30s'`.
   */
  writeTimeout?: Duration;
  /**
   * Progress notifications of one call per second. After a pause, the next one is sent at once. Of more, the latest
   * are sent, and the last one always. Default: 50.
   */
  progressPerSecond?: number;
  /**
   * Log messages of one call per second. After a pause, the next one is sent at once. More are dropped, and a last
   * message says how many. Default: 50.
   */
  logPerSecond?: number;
}

/**
 * Options beside the others, or beside the factory that returns them, because they are needed before a factory runs.
 */
export interface McpServerOptions {
  /**
   * Name of this server in the application, if there are several: letters, digits, `-` and `_`. It says which tools
   * belong to the server, and is part of the tokens that inject what the server exports. Clients never see it.
   * Default: `'default'`.
   */
  server?: string;
}

/** Tool classes that `McpModule.forFeature()` assigns to a server. Modules provide the classes as usual. */
export interface McpFeatureOptions {
  tools: readonly Type[];
  /** One server or several. Default: the default server, or the only one. */
  server?: ServerNames;
}

/** The options of `McpModule.forRoot()`, and the result of the factory of `forRootAsync()`. */
export interface McpModuleOptions {
  /** Name of the server that clients show. */
  name: string;
  /** Version of the server. */
  version: string;
  /** Human-readable name of the server. */
  title?: string;
  /** Web site of the server, an `https:` or `http:` URL. Sent from revision 2025-11-25 on. */
  websiteUrl?: string;
  /** Pictures that clients may show beside the server's name. Sent from revision 2025-11-25 on. */
  icons?: readonly McpIcon[];
  /** What a model should know before it uses the server. Sent with `initialize`. */
  instructions?: string;
  /**
   * Path that all routes of this server begin with, after the application's global prefix. A segment may be a
   * parameter: with `tenants/:id/mcp`, guards read it from `request.params` and tools from `ctx.params`, and a
   * session can be used only with the values that it was opened with. Default: none.
   */
  path?: string;
  /**
   * Modules whose tools this server has, and no others. Classes that name their server are not affected. What counts
   * is the module that provides a class, not what that module imports. Default: every class that belongs to no other
   * server, if this is the default server or the only one.
   */
  include?: readonly Type[];
  /** Modules whose tools this server does not have, even if they are assigned to it. Default: none. */
  exclude?: readonly Type[];
  /** Transports to serve. Each is on by default. `false` turns it off. */
  transports?: {
    /** HTTP+SSE. Pass an object to change its paths and settings. Default: true. */
    sse?: boolean | SseTransportOptions;
    /** Streamable HTTP. Pass an object to change its path and settings. Default: true. */
    streamableHttp?: boolean | StreamableHttpTransportOptions;
  };
  /**
   * Hosts (`api.example.com`, or with a port) that clients may use for this server. `*.example.com` allows every
   * subdomain, but not the domain itself. Loopback names are always allowed. The application does not start if a host
   * cannot match any request. Default: none, which prevents DNS rebinding.
   */
  allowedHosts?: readonly string[];
  /**
   * Origins (`https://app.example.com`, `https://*.example.com` for every subdomain, `chrome-extension://…`) of pages
   * that may use this server, besides its own origin and loopback ones. `null` allows every page that has no origin
   * of its own. The application does not start if an origin cannot match any request. Default: none.
   */
  allowedOrigins?: readonly string[];
  /** Guards of every route of the transports, after the application's global ones. Default: none. */
  guards?: readonly (Type<CanActivate> | CanActivate)[];
  /**
   * Decorators for the transports' controllers: metadata that global guards read (`Public()`, `SkipThrottle()`).
   * Default: none.
   */
  decorators?: readonly TransportDecorator[];
  /**
   * Global guards that run once for a tool call, on the tool, instead of on the route as well: guards that count
   * requests, such as `ThrottlerGuard`. For other messages, they run on the route. Default: none.
   */
  once?: readonly Type<CanActivate>[];
  /**
   * Returns the principal of a request. A session serves only the principal that opened it. Default: `iss`,
   * `client_id` and the first of `sub`, `id` and `userId` of `request.user`; anonymous without these.
   */
  principal?: PrincipalReader;
  /**
   * Connects this process with others that serve the same server, and keeps the events that streams resume from.
   * Default: an in-memory backplane, for a single process.
   */
  backplane?: Backplane;
  /**
   * Guards that decide who may see a tool, as if they were marked with `@McpVisibility()`. Use it for guards of
   * libraries. Default: none.
   */
  visibility?: readonly Type<CanActivate>[];
  /** Tools in one page of `tools/list`. Default: all, in one page. */
  pageSize?: number;
  /**
   * Publishes in the schemas of arguments that `@IsOptional()` accepts `null`: `anyOf` with null, which some model
   * APIs refuse or drop. `null` is accepted in any case, and a property that says `nullable` always publishes it.
   * Default: false.
   */
  publishOptionalNull?: boolean;
  /**
   * Refuses names of tools and arguments that the protocol allows but large clients do not (MCP019): the application
   * does not start, and edits of the registry fail. Default: false, which logs a warning.
   */
  strictNames?: boolean;
  /**
   * Whether the routes of the transports are in the application's own OpenAPI document (`@nestjs/swagger`).
   * Default: false.
   */
  openapi?: boolean;
  /**
   * Answers a browser that opens the address of a transport with a page that says what it is and how to connect a
   * client, instead of a JSON-RPC error. The status is the same. Default: true, unless `NODE_ENV` is
   * `production` when the application starts.
   */
  helpPage?: boolean;
  limits?: McpLimits;
  /**
   * How long, and by whom, lists and resources may be cached by clients of revision 2026-07-28. Default: not at all.
   */
  cache?: McpCacheOptions;
  /** Time in which running calls may finish when the application shuts down. Default: `'25s'`. */
  drain?: Duration;
  /** Time in which a tool must answer. Default: `'55s'`, because the official clients give up after 60 s. */
  timeout?: Duration;
  /**
   * Time beyond which progress cannot extend a call. A longer `timeout` of a tool still applies. Default: `'10m'`.
   */
  maxTimeout?: Duration;
}

/** Implement this in a class that you pass to `forRootAsync({ useClass })` or `useExisting`. */
export interface McpOptionsFactory {
  createMcpOptions(): McpModuleOptions | Promise<McpModuleOptions>;
}
