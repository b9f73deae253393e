import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpExecutionContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { Public, Roles, RolesGuard } from '../support/fixtures/pipeline/roles.js';
import { post } from '../support/wire/sse-wire.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

const FORBIDDEN = { text: 'Forbidden resource', isError: true, code: undefined };

@McpToolType()
@Roles('user')
class OrderTools {
  readonly ran: string[] = [];

  @McpTool()
  read(@Param('id') id: string): string {
    this.ran.push('read');
    return `order ${id}`;
  }

  @McpTool()
  @Roles('admin')
  remove(@Param('id') id: string): string {
    this.ran.push('remove');
    return `removed ${id}`;
  }

  @McpTool()
  @Public()
  open(): string {
    return 'open';
  }
}

@Controller('rest')
class RestController {
  @Get()
  @Roles('user')
  get(): string {
    return 'rest';
  }
}

interface Seen {
  readonly type: string;
  readonly isMcp: boolean;
  readonly handler: unknown;
  readonly host: unknown;
  readonly method: string;
}

/** Records the execution context that a guard receives. */
@Injectable()
class WatchingGuard implements CanActivate {
  readonly seen: Seen[] = [];
  readonly calls: McpExecutionContext[] = [];

  canActivate(context: ExecutionContext): boolean {
    const isMcp = McpExecutionContext.isMcp(context);
    this.seen.push({
      type: context.getType(),
      isMcp,
      handler: context.getHandler(),
      host: context.getClass(),
      method: context.switchToHttp().getRequest<{ method: string }>().method,
    });
    if (isMcp) this.calls.push(McpExecutionContext.create(context));
    return true;
  }
}

const application = (mcp: TestAppOptions['mcp'] = {}): TestAppOptions => ({
  controllers: [RestController],
  providers: [OrderTools, { provide: APP_GUARD, useClass: RolesGuard }],
  mcp,
});

describe.each(PLATFORMS)('a global guard that reads metadata on %s', (platform) => {
  const { start, connect, get } = harness(platform);

  it('finds the roles of the tool: those of its method, or else those of its class', async () => {
    const { app } = await start(application());
    const user = await connect({ 'x-roles': 'user' });
    const admin = await connect({ 'x-roles': 'admin' });
    expect(await user.call('read', { id: '7' })).toMatchObject({ text: 'order 7' });
    expect(await user.call('remove', { id: '7' })).toEqual(FORBIDDEN);
    expect(await admin.call('read', { id: '7' })).toEqual(FORBIDDEN);
    expect(await admin.call('remove', { id: '7' })).toMatchObject({ text: 'removed 7' });
    expect(app.get(OrderTools).ran).toEqual(['read', 'remove']);
    await user.expectIntact();
    await admin.expectIntact();
  });

  it('denies before arguments are validated', async () => {
    await start(application());
    const user = await connect({ 'x-roles': 'user' });
    expect(await user.call('remove', { id: 7, more: true })).toEqual(FORBIDDEN);
    await user.expectIntact();
  });

  it('denies the transport the same as any route without metadata', async () => {
    await start(application());
    expect((await get('/sse')).status).toBe(403);
    expect((await get('/rest')).status).toBe(403);
    expect((await get('/rest', { 'x-roles': 'user' })).body).toBe('rest');
    const user = await connect({ 'x-roles': 'user' });
    const ping = { jsonrpc: '2.0', id: 'p', method: 'ping' };
    expect((await post(await user.wire.endpoint(), ping)).status).toBe(403);
    await user.expectIntact();
  });

  it('opens the transport to all clients through `decorators`, and still applies to tools', async () => {
    const { app } = await start(application({ decorators: [Public()] }));
    const anybody = await connect();
    expect(await anybody.call('open')).toMatchObject({ text: 'open', isError: false });
    expect(await anybody.call('read', { id: '7' })).toEqual(FORBIDDEN);
    expect(await anybody.call('remove', { id: '7' }, { 'x-roles': 'admin' })).toMatchObject({
      text: 'removed 7',
    });
    expect(app.get(OrderTools).ran).toEqual(['remove']);
    expect((await get('/rest')).status).toBe(403);
    await anybody.expectIntact();
  });

  it('receives the method and class of the tool, and the POST that carries the call', async () => {
    const guard = new WatchingGuard();
    await start({
      controllers: [RestController],
      providers: [OrderTools, { provide: APP_GUARD, useValue: guard }],
    });
    const client = await connect();
    guard.seen.length = 0;
    await client.call('read', { id: '7' });
    await get('/rest');
    const [route, tool, rest] = guard.seen;
    expect(route).toMatchObject({ type: 'http', isMcp: false, method: 'POST' });
    expect(tool).toMatchObject({ type: 'http', isMcp: true, method: 'POST' });
    expect(tool?.host).toBe(OrderTools);
    expect(tool?.handler).toBe(Reflect.get(OrderTools.prototype, 'read'));
    expect(rest).toMatchObject({ type: 'http', isMcp: false, host: RestController });
    expect(guard.seen).toHaveLength(3);
    await client.expectIntact();
  });

  it('can read the tool, arguments, client and session', async () => {
    const guard = new WatchingGuard();
    await start({ providers: [OrderTools, { provide: APP_GUARD, useValue: guard }] });
    const client = await connect();
    await client.call('read', { id: 7 });
    const [call] = guard.calls;
    expect(call?.getTool().name).toBe('read');
    expect(call?.getArguments()).toEqual({ id: 7 });
    expect(call?.getClient()).toMatchObject({
      protocolVersion: '2025-11-25',
      clientInfo: { name: 'tool-client', version: '7' },
    });
    expect(call?.getSessionId()).toBe(await client.sessionId());
    expect(call?.getType()).toBe('http');
    expect(call?.getClass()).toBe(OrderTools);
    expect(call?.getContext().tool.name).toBe('read');
    await client.expectIntact();
  });
});
