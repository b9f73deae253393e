import type { Type } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { McpModule } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import { guideOf } from '../support/fixtures/guide.js';
import { send } from '../support/wire/sse-wire.js';

describe('the guide to guards and roles', () => {
  const { load, app, start, connect } = guideOf('docs/guides/guards-and-roles.md');
  const get = async (path: string) => send('GET', new URL(path, await listeningUrl(app())));
  const jwt = new JwtService({ secret: 'for development only' });
  const bearer = (sub: string, ...roles: string[]) => ({
    authorization: `Bearer ${jwt.sign({ sub, roles })}`,
  });

  it('denies the route to every client without a token', async () => {
    await start(load('src/app.module.ts').AppModule);
    expect(await get('/sse')).toMatchObject({
      status: 401,
      body: '{"message":"Unauthorized","statusCode":401}',
    });
  });

  it('lets a tool know its caller, and check roles', async () => {
    await start(load('src/app.module.ts').AppModule);
    const clerk = await connect(bearer('ann', 'clerk'));
    expect(await clerk.callText('whoami')).toBe('ann');
    expect(await clerk.callTool('cancel_invoice', { number: 7 })).toEqual({
      content: [{ type: 'text', text: 'Forbidden resource' }],
      isError: true,
    });
    const accountant = await connect(bearer('bob', 'accountant'));
    expect(await accountant.callText('cancel_invoice', { number: '7' })).toBe('cancelled 7');
  });

  it('opens the transport through `decorators`, and no more of the tools than documented', async () => {
    await start(load('src/open.module.ts').OpenModule);
    const anybody = await connect();
    expect(await anybody.listTools()).toHaveLength(3);
    expect(await anybody.callText('opening_hours')).toBe('9 to 17');
    await expect(anybody.callText('whoami')).rejects.toThrow('Unauthorized');
  });

  it('guards the routes through `guards` when no guard is global', async () => {
    const { JwtAuthGuard, JwtStrategy } = load('src/auth.ts') as Record<string, Type>;
    const { InvoicesTools } = load('src/invoices.tools.ts') as Record<string, Type>;
    const guards = [JwtAuthGuard as never];
    const server = McpModule.forRoot({ name: 'invoices', version: '1.0.0', guards });
    await start(server, JwtStrategy, InvoicesTools);
    expect((await get('/sse')).status).toBe(401);
    const client = await connect(bearer('ann'));
    expect(await client.callText('whoami')).toBe('ann');
  });

  it('counts a call once, on the tool, and an unknown tool on the route', async () => {
    await start(load('src/app.module.ts').AppModule);
    const client = await connect(bearer('ann'));
    for (let call = 1; call <= 10; call++) expect(await client.callText('whoami')).toBe('ann');
    await expect(client.callText('whoami')).rejects.toThrow('Too Many Requests');
    // Two messages of the handshake were counted on the route before.
    for (let call = 1; call <= 8; call++)
      await expect(client.callTool('unheard_of')).rejects.toThrow('Unknown tool');
    await expect(client.callTool('unheard_of')).rejects.toThrow('429');
  });

  it('distinguishes tool calls from requests', async () => {
    const { AuditInterceptor } = load('src/audit.interceptor.ts') as Record<string, Type>;
    const { InvoicesTools } = load('src/invoices.tools.ts') as Record<string, Type>;
    const server = McpModule.forRoot({ name: 'invoices', version: '1.0.0' });
    const audit = { provide: APP_INTERCEPTOR, useExisting: AuditInterceptor };
    await start(server, InvoicesTools, AuditInterceptor, audit);
    await (await connect()).callText('cancel_invoice', { number: '7' });
    expect(app().get(AuditInterceptor as Type<{ lines: string[] }>).lines).toEqual([
      'cancel_invoice(number) by nestmcp-testing',
    ]);
  });
});
