import { ForbiddenException, type INestApplication, Injectable, UseGuards } from '@nestjs/common';
import { McpContext, McpModule, McpRegistry, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient, type TestTransport } from '@nestmcp/testing';
import { IsInt, IsOptional, IsString, Min } from 'class-validator';
import { startApp } from '../support/app/test-app.js';

const TRANSPORTS: readonly TestTransport[] = ['2026-07-28', 'streamable-http', 'sse'];

class Order {
  @IsString() article!: string;
  @IsInt() @Min(1) quantity!: number;
  @IsOptional() @IsString() note?: string;
}

class Never {
  canActivate(): boolean {
    return false;
  }
}

class InWords {
  canActivate(): boolean {
    throw new ForbiddenException('Only clerks cancel orders');
  }
}

@McpToolType()
@Injectable()
class ShopTools {
  @McpTool()
  greet(ctx: McpContext, @Param('name') name: string, @Param('times') times: number): string {
    return `${ctx.peer.protocolVersion} ${'hi '.repeat(times)}${name}`;
  }

  @McpTool({ name: 'place_an_order', output: Order })
  place(@Param() order: Order): Order {
    order.note ??= 'none';
    return order;
  }

  @McpTool()
  route(@Param('region', { header: 'Region' }) region: string): string {
    return region;
  }

  @McpTool()
  @UseGuards(Never)
  closed(): string {
    return 'never';
  }

  @McpTool()
  @UseGuards(InWords)
  cancel(): string {
    return 'never';
  }

  @McpTool()
  async count(ctx: McpContext): Promise<string> {
    for (const step of [1, 2, 3]) await ctx.progress(step, 3, `step ${step}`);
    return 'counted';
  }

  @McpTool()
  async untilAborted(ctx: McpContext): Promise<string> {
    if (!ctx.signal.aborted)
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
    this.aborted((ctx.signal.reason as Error).message);
    return 'aborted';
  }

  aborted: (reason: string) => void = () => undefined;

  notATool(): string {
    return 'never';
  }
}

@McpToolType({ server: 'admin' })
class AdminTools {
  @McpTool()
  tenant(ctx: McpContext): string {
    return String(ctx.params.id);
  }
}

describe.each(TRANSPORTS)('a test client over %s', (transport) => {
  let app: INestApplication;
  let client: McpTestClient;

  beforeAll(async () => {
    ({ app } = await startApp({
      imports: [
        McpModule.forRoot({
          server: 'admin',
          name: 'admin',
          version: '1',
          path: 'tenants/:id/mcp',
        }),
      ],
      mcp: { pageSize: 2 },
      providers: [ShopTools, AdminTools],
    }));
    client = await McpTestClient.connect(app, { transport });
  });

  afterAll(async () => {
    await client.close();
    await app.close();
  });

  it('returns every page of the list', async () => {
    const listed = await client
      .listTools()
      .expectOnly('route', 'greet', 'place_an_order', 'closed', 'cancel', 'count', 'until_aborted')
      .expectSome('greet', 'closed')
      .expectNone('tenant');
    expect(listed).toHaveLength(7);
  });

  it('calls a tool by its method, with the values of its parameters', async () => {
    const revision = transport === '2026-07-28' ? transport : '2025-11-25';
    await client
      .callTool(ShopTools, 'greet', [undefined, 'ann', 2])
      .expectText(`${revision} hi hi ann`);
    await client.callTool(ShopTools, 'greet', { name: 'ann', times: 1 }).expectText(/hi ann$/);
    await client
      .callTool(ShopTools, 'greet', [undefined, 'ann'])
      .expectError(/^Invalid arguments for tool 'greet':\n- times: /);
  });

  it('calls a tool by its method, with an entire DTO', async () => {
    const placed = { article: 'A-1', quantity: 2, note: 'none' };
    await client
      .callTool(ShopTools, 'place', { article: 'A-1', quantity: 2 })
      .expectStructured(placed)
      .expectJson(placed);
    await client.callTool(ShopTools, 'place', [{ article: 'A-1', quantity: 2 }]).expectJson(placed);
  });

  it('repeats arguments as headers when a tool requires it', async () => {
    for (const region of ['eu', ' ö\n', '=?base64?literal?='])
      await client.callTool(ShopTools, 'route', [region]).expectText(region);
    await client.callTool('route', {}).expectError(/region/);
  });

  it('distinguishes a denial on a tool from other errors', async () => {
    await client.callTool(ShopTools, 'closed').expectDenied();
    await client.callTool(ShopTools, 'cancel').expectDenied(/only clerks/i);
    await expect(client.callTool(ShopTools, 'cancel').expectDenied()).rejects.toThrow(
      'actual: Only clerks cancel orders',
    );
    await expect(client.callTool(ShopTools, 'place', []).expectDenied()).rejects.toThrow(
      'actual: Invalid arguments',
    );
  });

  it('reports errors of the protocol', async () => {
    await client.callTool('nothing').expectProtocolError(-32_602, /Unknown tool: 'nothing'/);
    await expect(client.callTool('nothing').expectText('x')).rejects.toThrow('Unknown tool');
    await expect(client.callTool('nothing')).rejects.toMatchObject({ code: -32_602 });
  });

  it('receives progress when the test requests it', async () => {
    const told: unknown[] = [];
    const onProgress = (progress: object): void => void told.push(progress);
    await client.callTool(ShopTools, 'count', [], { onProgress }).expectText('counted');
    expect(told).toContainEqual({ progress: 1, total: 3, message: 'step 1' });
  });

  it('cancels a call', async () => {
    const abort = new AbortController();
    const told = new Promise<string>((resolve) => (app.get(ShopTools).aborted = resolve));
    const call = client.callTool(ShopTools, 'untilAborted', [], { signal: abort.signal });
    const outcome = call.then(
      () => 'answered',
      () => 'rejected',
    );
    await client.callTool(ShopTools, 'route', ['eu']);
    abort.abort('enough');
    await expect(outcome).resolves.toBe('rejected');
    await expect(told).resolves.toMatch(transport === '2026-07-28' ? 'left' : 'enough');
  });

  it('waits for the notification that the list changed', async () => {
    const registry = app.get(McpRegistry);
    await client.nextListChange(() => registry.disable('count'));
    await client.listTools().expectNone('count');
    await client.nextListChange(() => registry.enable('count'));
    await client.listTools().expectSome('count');
    expect(client.notifications.map(({ method }) => method)).toContain(
      'notifications/tools/list_changed',
    );
  });

  it('can be for another server, with the parameters of its path', async () => {
    const params = { id: 'acme & co' };
    const admin = await McpTestClient.connect(app, { transport, server: 'admin', params });
    await admin.listTools().expectOnly('tenant');
    await admin.callTool(AdminTools, 'tenant').expectText('acme & co');
    await admin.close();
    await expect(McpTestClient.connect(app, { transport, server: 'admin' })).rejects.toThrow(
      'params.id is missing',
    );
  });

  it('explains what is wrong with a call that can never succeed', async () => {
    await expect(client.callTool(AdminTools, 'tenant')).rejects.toThrow(
      'AdminTools has tools of admin; this client is connected to default',
    );
    await expect(client.callTool(ShopTools, 'notATool')).rejects.toThrow(
      'ShopTools.notATool() is not a tool: it has no @McpTool()',
    );
  });
});

async function revisionAt(mcp: object): Promise<string> {
  const { app } = await startApp({ mcp, providers: [ShopTools] });
  const client = await McpTestClient.connect(app);
  const { content } = await client.callTool(ShopTools, 'greet', [undefined, 'x', 0]);
  await client.close();
  await app.close();
  return content[0]?.type === 'text' ? content[0].text : '';
}

describe('a test client', () => {
  it('speaks the newest revision that the server has', async () => {
    await expect(revisionAt({})).resolves.toBe('2026-07-28 x');
    const withoutIt = { transports: { streamableHttp: false } };
    await expect(revisionAt(withoutIt)).resolves.toBe('2025-11-25 x');
  });
});
