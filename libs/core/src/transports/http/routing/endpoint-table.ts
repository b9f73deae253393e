import { Injectable, RequestMethod, VERSION_NEUTRAL } from '@nestjs/common';
import { MODULE_PATH } from '@nestjs/common/constants.js';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import { McpRootModule } from './mcp-root-module.token.js';
import { isLiterally, routedPath } from '../../../addresses/path-pattern.js';
import { pathnameOf, withPath } from './request-url.js';
import { RouteMatcher } from './route-matcher.js';

export type EndpointMethod = 'GET' | 'POST' | 'DELETE';

/** One URL of a transport, and the methods that it accepts. */
export interface Endpoint {
  /** Path below the global prefix, as the controller mounts it; segments may be parameters (`:id`). */
  readonly path: string;
  readonly methods: readonly [EndpointMethod, ...EndpointMethod[]];
  /**
   * True if the response of a POST carries the answers, as JSON or as events. The client must accept both.
   * Default: false.
   */
  readonly answersPosts?: boolean;
  /** True if those answers are always JSON. The client need not accept events. Default: false. */
  readonly answersJson?: boolean;
  /** The page for a browser that opens this URL; undefined for an ordinary refusal. */
  readonly helpPage?: string | undefined;
}

/**
 * The URLs of this server as Nest routes them. The global prefix, its exclusions and the path of a
 * `RouterModule` are known only after the application is initialized. The full paths are therefore computed
 * on first use.
 */
@Injectable()
export class EndpointTable {
  private readonly endpoints: Endpoint[] = [];
  private readonly fullPaths = new Map<Endpoint, string>();
  private matcher: RouteMatcher<Endpoint> | undefined;

  constructor(
    private readonly config: ApplicationConfig,
    private readonly modules: ModulesContainer,
    private readonly root: McpRootModule,
  ) {}

  add(endpoint: Endpoint): void {
    this.endpoints.push(endpoint);
  }

  /** Returns the endpoint of a request URL, or undefined if the URL belongs to the application. */
  find(url: string): Endpoint | undefined {
    this.matcher ??= new RouteMatcher(
      this.endpoints.map((endpoint) => [this.fullPath(endpoint), endpoint] as const),
    );
    return this.matcher.find(pathnameOf(url));
  }

  /**
   * Returns a request URL with the spelling that the router expects. The values of path parameters and the
   * query stay as the client sent them.
   */
  routedUrl(endpoint: Endpoint, url: string): string {
    const full = this.fullPath(endpoint);
    const path = pathnameOf(url);
    return path === full && url.startsWith('/') ? url : withPath(url, routedPath(full, path));
  }

  /**
   * Whether the router matched a request URL with the route of an endpoint that the URL does not name. This
   * happens if the router decodes more of the path than a parameter.
   */
  isMistaken(url: string, route: string | undefined): boolean {
    return (
      route !== undefined && this.paths().includes(route) && !isLiterally(route, pathnameOf(url))
    );
  }

  /** Full paths of all endpoints. Call it only after the application is initialized. */
  paths(): string[] {
    return this.endpoints.map((endpoint) => this.fullPath(endpoint));
  }

  /** Full path of an endpoint. Call it only after the application is initialized. */
  fullPath(endpoint: Endpoint): string {
    const known = this.fullPaths.get(endpoint);
    if (known !== undefined) return known;
    const path = this.nestPath(endpoint);
    this.fullPaths.set(endpoint, path);
    return path;
  }

  /** Computed by Nest's own factory, so that the path is the one that Nest's router has. */
  private nestPath({ path, methods: [method] }: Endpoint): string {
    const [full = `/${path}`] = new RoutePathFactory(this.config).create(
      {
        ctrlPath: '/',
        methodPath: `/${path}`,
        controllerVersion: VERSION_NEUTRAL,
        modulePath: this.modulePath(),
        globalPrefix: withSlash(this.config.getGlobalPrefix()),
        versioningOptions: this.config.getVersioning(),
      },
      RequestMethod[method],
    );
    return full;
  }

  /** Each endpoint as `METHOD /path`. */
  describe(): string[] {
    return this.endpoints.map(
      (endpoint) => `${endpoint.methods.join('|')} ${this.fullPath(endpoint)}`,
    );
  }

  private modulePath(): string | undefined {
    const { metatype } = this.root;
    const path: unknown =
      Reflect.getMetadata(`${MODULE_PATH}${this.modules.applicationId}`, metatype) ??
      Reflect.getMetadata(MODULE_PATH, metatype);
    return typeof path === 'string' ? path : undefined;
  }
}

function withSlash(prefix: string): string {
  return prefix === '' || prefix.startsWith('/') ? prefix : `/${prefix}`;
}
