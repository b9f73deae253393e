import type { McpLimits, McpModuleOptions } from './interfaces/mcp-module-options.interface.js';

type Names<Options> = Readonly<Record<keyof Required<Options>, true>>;

/** It stands beside the options, and has words of its own where it stands among them. */
const BESIDE = 'server';

/** The compiler holds that none is missing. */
const OPTIONS: Names<McpModuleOptions> = {
  name: true,
  version: true,
  title: true,
  websiteUrl: true,
  icons: true,
  instructions: true,
  path: true,
  include: true,
  exclude: true,
  transports: true,
  allowedHosts: true,
  allowedOrigins: true,
  guards: true,
  decorators: true,
  once: true,
  principal: true,
  backplane: true,
  visibility: true,
  pageSize: true,
  publishOptionalNull: true,
  strictNames: true,
  limits: true,
  cache: true,
  drain: true,
  timeout: true,
  maxTimeout: true,
};

const LIMITS: Names<McpLimits> = {
  bodyBytes: true,
  bodyWithin: true,
  bufferedBytes: true,
  bufferedBytesPerAddress: true,
  jsonDepth: true,
  jsonNodes: true,
  resultBytes: true,
  inFlight: true,
  streams: true,
  streamsPerAddress: true,
  streamsPerPrincipal: true,
  sessions: true,
  sessionIdle: true,
  calls: true,
  callsPerPrincipal: true,
  initializeWithin: true,
  writeTimeout: true,
  progressPerSecond: true,
  logPerSecond: true,
};

/**
 * Names in the options that mean nothing. What a factory gives is seldom checked by the compiler, and
 * `guard` for `guards` would leave a server open.
 */
export function unknownNames({ limits = {}, ...options }: McpModuleOptions): string[] {
  return [
    ...Object.keys(options).filter((name) => name !== BESIDE && !Object.hasOwn(OPTIONS, name)),
    ...Object.keys(limits)
      .filter((name) => !Object.hasOwn(LIMITS, name))
      .map((name) => `limits.${name}`),
  ];
}
