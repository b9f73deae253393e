import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  Scope,
  type Type,
} from '@nestjs/common';
import { APP_GUARD, ContextIdFactory, type ContextIdStrategy } from '@nestjs/core';
import { McpModule } from '@nestmcp/core';
import { guideOf } from '../support/fixtures/guide.js';

describe('the guide to scopes', () => {
  const { load, app, start, connect } = guideOf('docs/guides/scopes.md');
  const { TenantStrategy } = load('src/tenants.ts') as {
    TenantStrategy: Type<ContextIdStrategy>;
  };

  beforeEach(async () => {
    ContextIdFactory.apply(new TenantStrategy());
    await start(load('src/app.module.ts').AppModule);
  });

  it('reaches the call from a service below a static tool', async () => {
    const client = await connect({ 'x-user': 'ann' });
    await expect(client.callText('add_note', { text: 'hi' })).resolves.toBe('add_note by ann: hi');
  });

  it('creates a request-scoped tool for each call', async () => {
    for (const name of ['ann', 'bob']) {
      const client = await connect({ 'x-user': name });
      for (let call = 1; call <= 2; call++)
        await expect(client.callText('my_orders')).resolves.toBe(`orders of ${name}, call 1`);
    }
  });

  it('shares instances between the route and the tool of a call', async () => {
    const { Caller, OrdersTools } = load('src/orders.tools.ts') as Record<string, Type>;
    const seen: unknown[] = [];
    @Injectable({ scope: Scope.REQUEST })
    class SeeingGuard implements CanActivate {
      constructor(@Inject(Caller as Type) private readonly caller: unknown) {}

      canActivate(context: ExecutionContext): boolean {
        if (context.getHandler().name !== 'open') seen.push(this.caller);
        return true;
      }
    }
    await app().close();
    const server = McpModule.forRoot({ name: 'scopes', version: '1.0.0' });
    const guard = { provide: APP_GUARD, useClass: SeeingGuard };
    await start(server, Caller, OrdersTools, guard);
    const client = await connect();
    seen.length = 0;
    await client.callText('my_orders');
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBe(seen[0]);
  });

  it('creates a durable tool for each tenant', async () => {
    const [blue, red] = [
      await connect({ 'x-tenant': 'blue' }),
      await connect({ 'x-tenant': 'red' }),
    ];
    await expect(blue.callText('count_calls')).resolves.toBe('blue: 1');
    await expect(red.callText('count_calls')).resolves.toBe('red: 1');
    await expect(blue.callText('count_calls')).resolves.toBe('blue: 2');
  });

  it('finds tools that a factory creates', async () => {
    await expect((await connect()).callText('rate_of_today')).resolves.toBe('1.25');
  });
});
