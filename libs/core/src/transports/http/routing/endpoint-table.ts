import { Injectable, RequestMethod, VERSION_NEUTRAL } from '@nestjs/common';
import { MODULE_PATH } from '@nestjs/common/constants.js';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import { McpRootModule } from './mcp-root-module.token.js';
import { isLiterally, routedPath } from '../../../addresses/path-pattern.js';
import { pathnameOf, withPath } from './request-url.js';
import { RouteMatcher } from './route-matcher.js';

export type EndpointMethod = 'GET' | 'POST' | 'DELETE';

/** One URL of a transport, and what may be asked of it. */
export interface Endpoint {
  /** Path below the global prefix, as the controller mounts it; segments may be parameters (`:id`). */
  readonly path: string;
  readonly methods: readonly [EndpointMethod, ...EndpointMethod[]];
  /** True where the response of a POST carries answers, as JSON or as events; the client must accept both. */
  readonly answersPosts?: boolean;
  /** True where those answers are JSON alone. */
  readonly answersJson?: boolean;
}

/**
 * The URLs of this server as Nest routes them: global prefix, its exclusions and the path of a
 * `RouterModule` are known once the application is initialized, so they are looked up when first asked.
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

  /** The endpoint that a request URL leads to. */
  find(url: string): Endpoint | undefined {
    this.matcher ??= new RouteMatcher(
      this.endpoints.map((endpoint) => [this.fullPath(endpoint), endpoint] as const),
    );
    return this.matcher.find(pathnameOf(url));
  }

  /** The URL by which the router finds an endpoint that a request URL leads to; parameters and query stay as they were sent. */
  routedUrl(endpoint: Endpoint, url: string): string {
    const full = this.fullPath(endpoint);
    const path = pathnameOf(url);
    return path === full && url.startsWith('/') ? url : withPath(url, routedPath(full, path));
  }

  /** Tells whether a router took a request URL for one of ours that it is not: by decoding more of it than a parameter. */
  isMistaken(url: string, route: string | undefined): boolean {
    return (
      route !== undefined && this.paths().includes(route) && !isLiterally(route, pathnameOf(url))
    );
  }

  /** Full path of every endpoint. */
  paths(): string[] {
    return this.endpoints.map((endpoint) => this.fullPath(endpoint));
  }

  /** Full path of an endpoint; to be asked for once the application is initialized. */
  fullPath(endpoint: Endpoint): string {
    const known = this.fullPaths.get(endpoint);
    if (known !== undefined) return known;
    const path = this.nestPath(endpoint);
    this.fullPaths.set(endpoint, path);
    return path;
  }

  /** The way Nest itself makes it. */
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

  /** Every endpoint as `METHOD /path`. */
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
