import { RequestMethod, VersioningType } from '@nestjs/common';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpContext, McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
import { PLATFORMS, type RunningApp, startApp } from '../support/app/test-app.js';

@McpToolType()
class MainTools {
  @McpTool('Echo the input')
  echo(@Param('input') input: string): string {
    return input;
  }
}

@McpToolType({ server: 'admin' })
class AdminTools {
  @McpTool('Count the users')
  users(): number {
    return 3;
  }
}

@McpToolType({ server: 'tenants' })
class TenantTools {
  @McpTool('Tell the tenant')
  tenant(ctx: McpContext): string {
    return String(ctx.params.id);
  }
}

const SERVERS = [
  {
    path: '/api/mcp',
    tools: ['echo'],
    call: { name: 'echo', arguments: { input: 'hé' } },
    text: 'hé',
  },
  { path: '/api/admin/mcp', tools: ['users'], call: { name: 'users', arguments: {} }, text: '3' },
  {
    path: '/api/tenants/blue/mcp',
    tools: ['tenant'],
    call: { name: 'tenant', arguments: {} },
    text: 'blue',
  },
];

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'x', version: '1' },
  },
};

describe.each(PLATFORMS)('several servers over Streamable HTTP, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp({
      platform,
      imports: [
        McpModule.forRoot({ server: 'admin', name: 'admin server', version: '2', path: 'admin' }),
        McpModule.forRoot({
          server: 'tenants',
          name: 'tenants server',
          version: '3',
          path: 'tenants/:id',
        }),
      ],
      providers: [MainTools, AdminTools, TenantTools],
      configure: (app) =>
        app
          .setGlobalPrefix('api', { exclude: [{ path: 'health', method: RequestMethod.GET }] })
          .enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    });
  });

  afterAll(() => running.app.close());

  const at = (path: string): URL => new URL(path, running.url);
  const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(at(path), {
      method: 'POST',
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
    });
  const sessionAt = async (path: string): Promise<string> =>
    (await post(path, INITIALIZE)).headers.get('mcp-session-id') ?? '';

  it.each(SERVERS)(
    'the official client with sessions finds its own tools at $path',
    async ({ path, tools, call, text }) => {
      const client = new Client({ name: 'x', version: '1' });
      await client.connect(new StreamableHTTPClientTransport(at(path)));
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools);
      expect(await client.callTool(call)).toEqual({ content: [{ type: 'text', text }] });
      await client.close();
    },
  );

  it.each(SERVERS)(
    'the official client of 2026-07-28 finds them at $path',
    async ({ path, tools, call, text }) => {
      const client = new ClientV2(
        { name: 'x', version: '1' },
        { versionNegotiation: { mode: { pin: '2026-07-28' } } },
      );
      await client.connect(new TransportV2(at(path)));
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools);
      expect(await client.callTool(call)).toMatchObject({ content: [{ type: 'text', text }] });
      await client.close();
    },
  );

  it.each([
    ['/api/mcp', '/api/admin/mcp'],
    ['/api/admin/mcp', '/api/mcp'],
    ['/api/tenants/blue/mcp', '/api/tenants/red/mcp'],
    ['/api/tenants/blue/mcp', '/api/mcp'],
  ])('a session of %s is unknown at %s', async (opened, other) => {
    const session = await sessionAt(opened);
    const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };
    const strange = await post(other, ping, { 'mcp-session-id': session });
    const unknown = await post(other, ping, { 'mcp-session-id': 'A'.repeat(22) });
    expect([strange.status, await strange.text()]).toEqual([404, await unknown.text()]);
    const deletion = await fetch(at(other), {
      method: 'DELETE',
      headers: { 'mcp-session-id': session },
    });
    expect(deletion.status).toBe(404);
    expect((await post(opened, ping, { 'mcp-session-id': session })).status).toBe(200);
  });
});
