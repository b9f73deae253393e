import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { INestApplication } from '@nestjs/common';
import { getMcpToken, McpEndpoints } from '@nestmcp/core';
import { listeningUrl } from './listening-url.js';

/** Transports that a test client can speak. */
export type TestTransport = 'sse';

export interface McpTestClientOptions {
  /** Headers of every request, for example `{ authorization: 'Bearer …' }`. */
  headers?: Record<string, string>;
  /** The server to connect to, where the application has several. Default: the default one. */
  server?: string;
  /** Values of the parameters of its path: `{ id: 'blue' }` for `tenants/:id/mcp`. */
  params?: Record<string, string>;
}

/**
 * A real MCP client (the official SDK's) connected to an application under test, over a loopback socket.
 *
 * @example
 * const client = await McpTestClient.over(app, 'sse');
 * expect(await client.callText('echo', { input: 'hi' })).toBe('hi');
 * await client.close();
 */
export class McpTestClient {
  private constructor(
    /** The SDK's client, for whatever has no short form here. */
    readonly sdk: Client,
  ) {}

  /**
   * Connects to the application; initializes it, and lets it listen on a free loopback port, where that
   * was not done before. The application stays the caller's to close.
   */
  static async over(
    app: INestApplication,
    _transport: TestTransport,
    { headers = {}, server, params = {} }: McpTestClientOptions = {},
  ): Promise<McpTestClient> {
    const base = await listeningUrl(app);
    const { ssePath } = app.get<McpEndpoints>(getMcpToken(McpEndpoints, server), { strict: false });
    const url = new URL(filled(ssePath, params), base);
    const sdk = new Client({ name: 'nestmcp-testing', version: '0.0.0' });
    try {
      await sdk.connect(new SSEClientTransport(url, { requestInit: { headers } }));
    } catch (error) {
      // Its event source would go on reconnecting, and keep the process alive.
      await sdk.close();
      throw error;
    }
    return new McpTestClient(sdk);
  }

  async listTools(): Promise<Tool[]> {
    const { tools } = await this.sdk.listTools();
    return tools;
  }

  async callTool(name: string, args: Record<string, unknown> = {}): Promise<CallToolResult> {
    return (await this.sdk.callTool({ name, arguments: args })) as CallToolResult;
  }

  /**
   * Calls a tool that answers in text, and gives the text.
   * @throws Error with that text when the call failed.
   */
  async callText(name: string, args: Record<string, unknown> = {}): Promise<string> {
    const { content, isError } = await this.callTool(name, args);
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    if (isError === true) throw new Error(text);
    return text;
  }

  async close(): Promise<void> {
    await this.sdk.close();
  }
}

function filled(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`params.${name} is missing: the path is ${path}`);
    return encodeURIComponent(value);
  });
}
