import type {
  DynamicModule,
  INestApplication,
  LoggerService,
  ModuleMetadata,
  NestApplicationOptions,
} from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { McpModule } from '@nestmcp/core';
import type { McpModuleOptions } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import type { McpFeature } from '../../../libs/core/src/interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../../../libs/core/src/interfaces/mcp.tokens.js';

export type Platform = 'express' | 'fastify';
export const PLATFORMS: readonly Platform[] = ['express', 'fastify'];

const nothing = (): void => undefined;
const SILENT: LoggerService = { log: nothing, error: nothing, warn: nothing };

export interface TestAppOptions extends ModuleMetadata {
  readonly platform?: Platform;
  readonly mcp?: Partial<McpModuleOptions>;
  /** Features that are served instead of tools. */
  readonly features?: readonly McpFeature[];
  readonly nest?: NestApplicationOptions;
  /** Default: nothing is logged. */
  readonly logger?: LoggerService;
  /** What a `main.ts` does between `create()` and `listen()`. */
  readonly configure?: (app: INestApplication) => void;
}

export interface RunningApp {
  readonly app: INestApplication;
  readonly url: URL;
}

/** The module of a server. `features` are served instead of tools. */
export function serverOf(
  options: McpModuleOptions,
  features?: readonly McpFeature[],
): DynamicModule {
  const module = McpModule.forRoot(options);
  if (features === undefined) return module;
  const served = { provide: MCP_FEATURES, useValue: features };
  return { ...module, providers: [...(module.providers ?? []), served] };
}

/** An application with an MCP server, listening on a free loopback port. */
export async function startApp({
  platform = 'express',
  mcp = {},
  features,
  nest = {},
  logger = SILENT,
  configure,
  imports = [],
  ...module
}: TestAppOptions): Promise<RunningApp> {
  const server = serverOf({ name: 'test', version: '1.2.3', ...mcp }, features);
  const testing = await Test.createTestingModule({
    ...module,
    imports: [server, ...imports],
  })
    .setLogger(logger)
    .compile();
  const app =
    platform === 'fastify'
      ? testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), nest)
      : testing.createNestApplication(new ExpressAdapter(), nest);
  configure?.(app);
  return { app, url: await listeningUrl(app) };
}
