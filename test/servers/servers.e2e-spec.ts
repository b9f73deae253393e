import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import {
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  ForbiddenException,
  type INestApplication,
  Injectable,
  RequestMethod,
  VersioningType,
} from '@nestjs/common';
import { McpContext, McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { deferred } from '../support/deferred.js';
import { post, send, SseWire } from '../support/wire/sse-wire.js';
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
  gate = deferred();

  @McpTool('Wait for the gate')
  async wait(): Promise<string> {
    await this.gate.promise;
    return 'waited';
  }
}

@McpToolType({ server: 'tenants' })
class TenantTools {
  @McpTool('Tell the tenant')
  tenant(ctx: McpContext): string {
    return String(ctx.params.id);
  }
}

/** Tools on all three servers, each with the timeout of its server. */
@McpToolType({ server: ['default', 'admin', 'tenants'] })
class SharedTools {
  @McpTool('Never answer')
  async stall(ctx: McpContext): Promise<never> {
    return new Promise((_, reject) =>
      ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason as Error)),
    );
  }
}

@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined> }>();
    return headers['x-key'] === 'admin';
  }
}

/** Guards see the parameters of the path, on the route and on the tool. */
class TenantGuard implements CanActivate {
  readonly seen = new Set<string>();

  canActivate(context: ExecutionContext): boolean {
    const { id } = context.switchToHttp().getRequest<{ params: { id: string } }>().params;
    this.seen.add(id);
    if (id === 'closed') throw new ForbiddenException();
    return true;
  }
}

const tenantGuard = new TenantGuard();

const SERVERS: DynamicModule[] = [
  McpModule.forRootAsync({
    server: 'admin',
    useFactory: async () => ({
      name: 'admin server',
      version: '2',
      path: '/admin',
      instructions: 'For administrators',
      guards: [KeyGuard],
      limits: { inFlight: 1 },
      timeout: '30ms',
    }),
  }),
  McpModule.forRoot({
    server: 'tenants',
    name: 'tenants server',
    version: '3',
    path: '/tenants/:id/mcp',
    guards: [tenantGuard],
    timeout: '20ms',
  }),
];

const KEY = { 'x-key': 'admin' };
const NOBODY = 'A'.repeat(22);

describe.each(PLATFORMS)('several servers in one application, on %s', (platform) => {
  let running: RunningApp;
  let app: INestApplication;
  const wires: SseWire[] = [];
  const clients: McpTestClient[] = [];

  beforeAll(async () => {
    running = await startApp({
      platform,
      mcp: { instructions: 'For everybody', timeout: '10ms' },
      imports: SERVERS,
      providers: [MainTools, AdminTools, TenantTools, SharedTools],
      configure: (nest) =>
        nest
          .setGlobalPrefix('api', { exclude: [{ path: 'admin/sse', method: RequestMethod.GET }] })
          .enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    });
    ({ app } = running);
  });

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.close();
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  afterAll(() => app.close());

  const open = async (path: string, headers = {}): Promise<SseWire> => {
    const wire = await SseWire.open(new URL(path, running.url), headers);
    wires.push(wire);
    return wire;
  };
  const connect = async (server?: string, params = {}): Promise<McpTestClient> => {
    const client = await McpTestClient.over(app, 'sse', { server, params, headers: KEY });
    clients.push(client);
    return client;
  };

  const expected = [
    { server: undefined, name: 'test', instructions: 'For everybody', tools: ['echo', 'stall'] },
    {
      server: 'admin',
      name: 'admin server',
      instructions: 'For administrators',
      tools: ['wait', 'stall'],
    },
    { server: 'tenants', name: 'tenants server', tools: ['tenant', 'stall'] },
  ];

  it.each(expected)(
    'the official client finds on $name exactly the tools of that server',
    async ({ server, name, instructions, tools }) => {
      const client = await connect(server, { id: 'blue' });
      expect(client.sdk.getServerVersion()).toMatchObject({ name });
      expect(client.sdk.getInstructions()).toBe(instructions);
      expect((await client.listTools()).map((tool) => tool.name)).toEqual(tools);
    },
  );

  it.each([
    [undefined, 'wait'],
    ['admin', 'tenant'],
    ['tenants', 'echo'],
  ])('a tool of another server is unknown on %s: %s', async (server, tool) => {
    const client = await connect(server, { id: 'blue' });
    await expect(client.callTool(tool, { input: 'x' })).rejects.toMatchObject({ code: -32_602 });
  });

  it.each([
    [undefined, '0.01 s'],
    ['admin', '0.03 s'],
    ['tenants', '0.02 s'],
  ])('a class on several servers has the timeout of %s', async (server, limit) => {
    const client = await connect(server, { id: 'blue' });
    await expect(client.callText('stall')).rejects.toThrow(`timed out after ${limit}`);
  });

  it('the guards of one server guard only its own routes', async () => {
    await expect(send('GET', new URL('/admin/sse', running.url))).resolves.toMatchObject({
      status: 403,
    });
    const main = await open('/api/sse');
    const admin = await open('/admin/sse', KEY);
    expect([main.status, admin.status]).toEqual([200, 200]);
    await expect(admin.post({ jsonrpc: '2.0', method: 'x' })).resolves.toMatchObject({
      status: 403,
    });
    await expect(main.post({ jsonrpc: '2.0', method: 'x' })).resolves.toMatchObject({
      status: 202,
    });
  });

  it('the limits of one server apply only to that server', async () => {
    const [main, admin] = [await open('/api/sse'), await open('/admin/sse', KEY)];
    for (const wire of [main, admin]) await wire.post(initialize, KEY);
    await Promise.all([main.answer(0), admin.answer(0)]);
    await admin.post(call(1, 'wait'), KEY);
    await expect(admin.post(call(2, 'wait'), KEY)).resolves.toMatchObject({ status: 429 });
    for (const id of [1, 2])
      await expect(main.post(call(id, 'stall'))).resolves.toMatchObject({ status: 202 });
    app.get(AdminTools).gate.resolve();
    await admin.answer(1);
  });

  it('a session of one server is unknown on another', async () => {
    const main = await open('/api/sse');
    const { search } = await main.endpoint();
    for (const path of ['/api/admin/messages', '/api/tenants/blue/mcp/messages']) {
      const url = new URL(path, running.url);
      const stolen = await post(new URL(search, url), initialize, KEY);
      const unknown = await post(new URL(`?sessionId=${NOBODY}`, url), initialize, KEY);
      expect(stolen.status).toBe(404);
      expect(stolen.body).toBe(unknown.body);
    }
    await expect(main.post(initialize)).resolves.toMatchObject({ status: 202 });
  });

  it('a session of one tenant is unknown at the URL of another', async () => {
    const blue = await open('/api/tenants/blue/mcp/sse');
    const { search, href } = await blue.endpoint();
    expect(href).toContain('/api/tenants/blue/mcp/messages?');
    const red = new URL('/api/tenants/red/mcp/messages', running.url);
    const stolen = await post(new URL(search, red), initialize);
    const unknown = await post(new URL(`?sessionId=${NOBODY}`, red), initialize);
    expect(stolen.status).toBe(404);
    expect(stolen.body).toBe(unknown.body);
    const capital = new URL('/api/tenants/Blue/mcp/messages', running.url);
    await expect(post(new URL(search, capital), initialize)).resolves.toMatchObject({
      status: 404,
    });
    await expect(blue.post(initialize)).resolves.toMatchObject({ status: 202 });
  });

  it.each([
    ['blue', 'blue'],
    ['caf%C3%A9', 'café'],
    ['caf%c3%a9', 'café'],
    ['a%20b', 'a b'],
    ['%62lue', 'blue'],
    ['a%2Fb', 'a/b'],
    ['a:b', 'a:b'],
  ])('the tenant %s stays in the URL as it was sent, and is read as %s', async (sent, id) => {
    const wire = await open(`/api/tenants/${sent}/mcp/sse`);
    expect((await wire.endpoint()).pathname).toBe(`/api/tenants/${sent}/mcp/messages`);
    await wire.initialize();
    await expect(wire.call(1, 'tools/call', { name: 'tenant' })).resolves.toMatchObject({
      result: { content: [{ text: id }] },
    });
    expect(tenantGuard.seen).toContain(id);
  });

  it('a guard may deny a tenant', async () => {
    await expect(
      send('GET', new URL('/api/tenants/closed/mcp/sse', running.url)),
    ).resolves.toMatchObject({ status: 403 });
  });

  it.each([
    ['an empty value', '/api/tenants//mcp/sse'],
    ['a value that leads upwards', '/api/tenants/%2E./mcp/sse'],
    ['a value that is not UTF-8', '/api/tenants/%ff/mcp/sse'],
    ['a partly encoded value', '/api/tenants/%2/mcp/sse'],
    ['a value that is too long', `/api/tenants/${'x'.repeat(300)}/mcp/sse`],
    ['one segment too many', '/api/tenants/blue/mcp/sse/more'],
    ['one segment too few', '/api/tenants/mcp/sse'],
    ['very many segments', `/api/tenants${'/x'.repeat(4_000)}`],
  ])('nothing opens at a path with %s', async (_, path) => {
    expect([400, 404, 414]).toContain(await statusAt(running.url, path));
  });

  it('the gates of every server run ahead of the body parser', async () => {
    for (const path of ['/api/messages', '/api/admin/messages', '/api/tenants/blue/mcp/messages'])
      await expect(post(new URL(path, running.url), '{')).resolves.toMatchObject({
        status: 400,
        body: expect.stringContaining('-32700'),
      });
    await expect(
      send('PUT', new URL('/api/tenants/blue/mcp/sse', running.url)),
    ).resolves.toMatchObject({ status: 405, headers: { allow: 'GET' } });
  });
});

/** A GET of the exact path. A URL would have its dots resolved. */
async function statusAt({ hostname, port }: URL, path: string): Promise<number | undefined> {
  const outgoing = request({ hostname, port, path, agent: false });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.destroy();
  return response.statusCode;
}

const call = (id: number, name: string) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name },
});
const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {} },
};
