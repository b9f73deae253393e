import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpEditException, McpRegistry, type ToolBuilder } from '@nestmcp/core';
import { map } from 'rxjs';
import {
  ADMIN_KEY,
  AdminGuard,
  Doors,
  KEY,
  type KeyedRequest,
  KeyGuard,
  ScopedAdminGuard,
  ScopedKeyGuard,
  TransientAdminGuard,
} from '../support/fixtures/pipeline/guards.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { Roles, RolesGuard } from '../support/fixtures/pipeline/roles.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const FORBIDDEN = { text: 'Forbidden resource', isError: true, code: undefined };
const SECRET = { text: 'secret', isError: false, code: undefined };

/** Denies tools to every caller except an administrator, and admits all to the route. */
class ToolsOnlyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<KeyedRequest>();
    return context.getArgs().length === 3 || headers['x-admin'] === 'yes';
  }
}

@Injectable({ scope: Scope.REQUEST })
class ScopedToolsOnlyGuard extends ToolsOnlyGuard {}

@Injectable({ scope: Scope.REQUEST })
class ScopedShout implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(map((text) => `${String(text)}!`));
  }
}

@Injectable({ scope: Scope.REQUEST })
class ScopedUpper implements PipeTransform {
  transform(value: unknown): unknown {
    return typeof value === 'object' && value !== null && 'word' in value
      ? { word: String(value.word).toUpperCase() }
      : value;
  }
}

const Wrapped: MethodDecorator = (_target, _name, descriptor) => {
  const inner = descriptor.value as (...args: unknown[]) => unknown;
  descriptor.value = ((...args: unknown[]) => `<${String(inner(...args))}>`) as never;
};

const secret = (registry: McpRegistry, shape = (tool: ToolBuilder) => tool) =>
  shape(registry.tool('secret')).handle(() => 'secret');

describe.each(PLATFORMS)('tools added at run time, on %s', (platform) => {
  const { start, connect } = harness(platform);
  const expectOnlyAdmin = async () => {
    const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
    expect(await user.call('secret')).toEqual(FORBIDDEN);
    expect(await admin.call('secret')).toEqual(SECRET);
    await user.expectIntact();
  };

  it('are guarded by a guard of main.ts', async () => {
    const { app } = await start({
      configure: (it) => it.useGlobalGuards(new ToolsOnlyGuard()),
    });
    secret(app.get(McpRegistry));
    await expectOnlyAdmin();
  });

  it.each([
    ['static', ToolsOnlyGuard],
    ['request-scoped', ScopedToolsOnlyGuard],
  ])('are guarded by a global guard that is %s', async (_, useClass) => {
    const { app } = await start({ providers: [{ provide: APP_GUARD, useClass }] });
    secret(app.get(McpRegistry));
    await expectOnlyAdmin();
  });

  it('are guarded by a request-scoped global guard that injects the request', async () => {
    const guard = { provide: APP_GUARD, useClass: ScopedKeyGuard };
    const { app } = await start({ providers: [guard, Doors] });
    secret(app.get(McpRegistry));
    const client = await connect(KEY);
    expect(await client.call('secret')).toEqual(SECRET);
    expect((await client.postCall('secret', {}, { 'x-key': 'wrong' })).status).toBe(403);
    await client.expectIntact();
  });

  it.each([
    ['static', AdminGuard],
    ['request-scoped', ScopedAdminGuard],
    ['transient', TransientAdminGuard],
  ])('are guarded by a %s guard class of decorate()', async (_, guard) => {
    const { app } = await start({ providers: [Doors, guard] });
    secret(app.get(McpRegistry), (tool) => tool.decorate(UseGuards(guard)));
    await expectOnlyAdmin();
  });

  it('are guarded by a request-scoped guard class beside a request-scoped global one', async () => {
    const global = { provide: APP_GUARD, useClass: ScopedKeyGuard };
    const { app } = await start({ providers: [Doors, ScopedAdminGuard, global] });
    secret(app.get(McpRegistry), (tool) => tool.decorate(UseGuards(ScopedAdminGuard)));
    await expectOnlyAdmin();
  });

  it('are guarded by an instance of decorate()', async () => {
    const { app } = await start({});
    secret(app.get(McpRegistry), (tool) => tool.decorate(UseGuards(new AdminGuard(new Doors()))));
    await expectOnlyAdmin();
  });

  it('keep their guards where another decorator wraps the function', async () => {
    const { app } = await start({ providers: [Doors, AdminGuard] });
    secret(app.get(McpRegistry), (tool) => tool.decorate(Wrapped, UseGuards(AdminGuard)));
    const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
    expect(await user.call('secret')).toEqual(FORBIDDEN);
    expect(await admin.call('secret')).toMatchObject({ text: '<secret>' });
  });

  it('show their metadata to a global guard that uses the Reflector', async () => {
    const { app } = await start({ providers: [{ provide: APP_GUARD, useClass: RolesGuard }] });
    const registry = app.get(McpRegistry);
    secret(registry, (tool) => tool.decorate(Roles('admin')));
    registry.tool('open').handle(() => 'open');
    const client = await connect({ 'x-roles': 'user' });
    expect(await client.call('secret')).toEqual(FORBIDDEN);
    expect(await client.call('open')).toMatchObject({ text: 'open' });
    expect(await client.call('secret', {}, { 'x-roles': 'user,admin' })).toEqual(SECRET);
  });

  it('run request-scoped interceptors and pipes of decorate()', async () => {
    const { app } = await start({ providers: [ScopedShout, ScopedUpper] });
    app
      .get(McpRegistry)
      .tool('say')
      .input({ type: 'object', properties: { word: { type: 'string' } }, required: ['word'] })
      .decorate(UseInterceptors(ScopedShout), UsePipes(ScopedUpper))
      .handle(({ word }) => word);
    const client = await connect();
    expect(await client.call('say', { word: 'hello' })).toMatchObject({ text: 'HELLO!' });
    expect(await client.call('say', { word: 'again' })).toMatchObject({ text: 'AGAIN!' });
  });

  it.each([
    ['static', ToolsOnlyGuard],
    ['request-scoped', ScopedToolsOnlyGuard],
  ])('read their arguments by their own schema, beside a %s global guard', async (_, useClass) => {
    const { app } = await start({ providers: [{ provide: APP_GUARD, useClass }] });
    const registry = app.get(McpRegistry);
    for (const name of ['one', 'two'])
      registry
        .tool(name)
        .input({ type: 'object', required: [name] })
        .handle((args) => args);
    registry.tool('none').handle(() => 'none');
    const client = await connect(ADMIN_KEY);
    expect(await client.call('one', { one: 1 })).toMatchObject({ text: '{"one":1}' });
    expect(await client.call('two', { two: 2 })).toMatchObject({ text: '{"two":2}' });
    expect(await client.call('two', { one: 1 })).toMatchObject({ isError: true });
    expect(await client.call('none', { one: 1 })).toMatchObject({ isError: true });
    registry
      .replace('one')
      .input({ type: 'object', required: ['two'] })
      .handle((args) => args);
    expect(await client.call('one', { one: 1 })).toMatchObject({ isError: true });
    expect(await client.call('one', { two: 1 })).toMatchObject({ text: '{"two":1}' });
  });

  it('are not added when decorate() binds a class that is not provided', async () => {
    const { app } = await start({});
    const registry = app.get(McpRegistry);
    expect(() => secret(registry, (tool) => tool.decorate(UseGuards(KeyGuard)))).toThrow(
      /MCP042 the tool "secret": .*KeyGuard/,
    );
    expect(registry.has('secret')).toBe(false);
    const client = await connect();
    expect(await client.call('secret')).toMatchObject({ code: -32602 });
  });

  it.each([
    ['nothing', {}],
    ['null', null],
  ])('are not added when the class of decorate() is provided as %s', async (_, useValue) => {
    const { app } = await start({ providers: [{ provide: AdminGuard, useValue }] });
    expect(() =>
      secret(app.get(McpRegistry), (tool) => tool.decorate(UseGuards(AdminGuard))),
    ).toThrow(/MCP042 .*AdminGuard/);
  });

  it('are refused in a constructor, before main.ts can add guards', async () => {
    @Injectable()
    class Eager {
      constructor(registry: McpRegistry) {
        secret(registry);
      }
    }
    await expect(startApp({ platform, providers: [Eager] })).rejects.toThrow(
      /MCP040 .*onModuleInit/s,
    );
  });

  it('are refused between create() and listen(), before main.ts has added its guards', async () => {
    await expect(
      startApp({ platform, configure: (app) => secret(app.get(McpRegistry)) }),
    ).rejects.toThrow(McpEditException);
  });

  it('are guarded by a guard of main.ts when they are added in onModuleInit()', async () => {
    @Injectable()
    class Loader {
      constructor(private readonly registry: McpRegistry) {}

      onModuleInit(): void {
        secret(this.registry);
      }
    }
    await start({
      providers: [Loader],
      configure: (app) => app.useGlobalGuards(new ToolsOnlyGuard()),
    });
    await expectOnlyAdmin();
  });
});
