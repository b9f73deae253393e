import type { INestApplication } from '@nestjs/common';
import { getMcpToken, McpEndpoints } from '@nestmcp/core';
import { listeningUrl } from '../listening-url.js';
import type { McpTestClientOptions, TestTransport } from './test-client-options.interface.js';

export interface TestEndpoint {
  readonly transport: TestTransport;
  readonly url: URL;
}

/** Returns the transport and the URL of a server of the application, which listens afterwards. */
export async function endpointOf(
  app: INestApplication,
  { transport, server, params = {} }: McpTestClientOptions,
): Promise<TestEndpoint> {
  const base = await listeningUrl(app);
  const endpoints = app.get<McpEndpoints>(getMcpToken(McpEndpoints, server), { strict: false });
  const spoken = transport ?? newestOf(endpoints);
  const path = spoken === 'sse' ? endpoints.ssePath : endpoints.mcpPath;
  return { transport: spoken, url: new URL(filled(path, params), base) };
}

function newestOf(endpoints: McpEndpoints): TestTransport {
  try {
    return endpoints.mcpPath === '' ? 'sse' : '2026-07-28';
  } catch {
    return 'sse';
  }
}

function filled(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`params.${name} is missing: the path is ${path}`);
    return encodeURIComponent(value);
  });
}
