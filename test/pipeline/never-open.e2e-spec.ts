import { Module, type Provider, Scope, type Type, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpTool, McpToolType } from '@nestmcp/core';
import {
  ADMIN_KEY,
  AdminGuard,
  Doors,
  KEY,
  KeyGuard,
  ScopedAdminGuard,
  ScopedKeyGuard,
  TransientAdminGuard,
} from '../support/fixtures/pipeline/guards.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, startApp, type TestAppOptions } from '../support/app/test-app.js';

const FORBIDDEN = { text: 'Forbidden resource', isError: true, code: undefined };
const SECRET = { text: 'secret', isError: false, code: undefined };

@McpToolType()
class PlainTools {
  @McpTool()
  secret(): string {
    return 'secret';
  }
}

@McpToolType()
@UseGuards(AdminGuard)
class ClassGuarded extends PlainTools {}

@McpToolType()
class MethodGuarded {
  @McpTool()
  @UseGuards(AdminGuard)
  secret(): string {
    return 'secret';
  }
}

@McpToolType()
class ScopedMethodGuarded {
  @McpTool()
  @UseGuards(ScopedAdminGuard)
  secret(): string {
    return 'secret';
  }
}

@McpToolType()
class TransientMethodGuarded {
  @McpTool()
  @UseGuards(TransientAdminGuard)
  secret(): string {
    return 'secret';
  }
}

@McpToolType()
@UseGuards(new AdminGuard(new Doors()))
class InstanceGuarded extends PlainTools {}

/** Binds every guard, so that the module of a factory beside it knows all of them. */
@McpToolType()
@UseGuards(AdminGuard, ScopedAdminGuard, TransientAdminGuard)
class Beside {
  @McpTool()
  beside(): string {
    return 'beside';
  }
}

const byFactory = (type: Type): Provider => ({ provide: type, useFactory: () => new type() });
const byToken = (type: Type): Provider => ({ provide: 'TOOLS', useFactory: () => new type() });
const byValue = (type: Type): Provider => ({ provide: type, useValue: new type() });
const byAsyncFactory = (type: Type): Provider => ({
  provide: type,
  useFactory: async () => Promise.resolve(new type()),
});

const MAKERS = [
  ['useFactory', byFactory],
  ['useFactory under a token', byToken],
  ['an asynchronous useFactory', byAsyncFactory],
  ['useValue', byValue],
] as const;

const besideScopedGuard = (tools: Provider): TestAppOptions => ({
  providers: [tools, Doors, { provide: APP_GUARD, useClass: ScopedKeyGuard, scope: Scope.REQUEST }],
});

describe.each(PLATFORMS)('tools that Nest does not construct, on %s', (platform) => {
  const { start, connect } = harness(platform);
  const boot = async (options: TestAppOptions): Promise<string> => {
    const { app } = await startApp({ platform, ...options });
    await app.close();
    return 'booted';
  };

  describe.each(MAKERS)('made by %s', (_, make) => {
    it.each([
      ['class', ClassGuarded],
      ['method', MethodGuarded],
      ['request-scoped', ScopedMethodGuarded],
      ['transient', TransientMethodGuarded],
    ])('stop the boot when a %s guard would not run', async (__, type) => {
      await expect(boot({ providers: [make(type), Doors] })).rejects.toThrow(/MCP013 .*Guard/s);
    });

    it.each([
      ['request-scoped', ScopedMethodGuarded],
      ['transient', TransientMethodGuarded],
    ])(
      'stop the boot when a %s guard that another provider binds would have no context',
      async (__, type) => {
        const providers = [make(type), Beside, Doors];
        await expect(boot({ providers })).rejects.toThrow(/MCP014 .*Guard/s);
      },
    );

    it.each([
      ['class', ClassGuarded],
      ['method', MethodGuarded],
    ])('run a %s guard that another provider binds', async (__, type) => {
      await start({ providers: [make(type), Beside, Doors] });
      const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
      expect(await user.call('secret')).toEqual(FORBIDDEN);
      expect(await admin.call('secret')).toEqual(SECRET);
      await user.expectIntact();
    });

    it('run a guard that is bound as an instance', async () => {
      await start({ providers: [make(InstanceGuarded)] });
      const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
      expect(await user.call('secret')).toEqual(FORBIDDEN);
      expect(await admin.call('secret')).toEqual(SECRET);
      await user.expectIntact();
    });

    it('run a static global guard', async () => {
      await start({
        providers: [make(PlainTools), Doors, { provide: APP_GUARD, useClass: KeyGuard }],
      });
      const client = await connect(KEY);
      expect(await client.call('secret')).toEqual(SECRET);
      expect((await client.postCall('secret', {}, { 'x-key': 'wrong' })).status).toBe(403);
      await client.expectIntact();
    });
  });

  it.each([
    ['useFactory under a token', byToken],
    ['useValue', byValue],
  ])('stop the boot with a request-scoped global guard: %s', async (_, make) => {
    await expect(boot(besideScopedGuard(make(PlainTools)))).rejects.toThrow(
      /MCP014 .*request-scoped global/s,
    );
  });

  // Nest makes such a factory request-scoped with the guard, so there is no instance to inspect.
  it.each([
    ['useFactory', byFactory],
    ['an asynchronous useFactory', byAsyncFactory],
  ])(
    'stop the boot with a request-scoped global guard, made by %s under their class',
    async (_, make) => {
      await expect(boot(besideScopedGuard(make(PlainTools)))).rejects.toThrow(/MCP014/);
    },
  );

  it('stop the boot when only another module knows the guard', async () => {
    @Module({ providers: [Beside, Doors] })
    class Neighbour {}
    const providers = [byFactory(ClassGuarded), Doors];
    await expect(boot({ imports: [Neighbour], providers })).rejects.toThrow(/MCP013 .*AdminGuard/s);
  });
});

describe.each(PLATFORMS)('tools that Nest constructs, on %s', (platform) => {
  const { start, connect } = harness(platform);

  it('run the guard of their own module when two modules have the same guard class', async () => {
    const shut = { opensForAdmin: () => false };
    @McpToolType()
    @UseGuards(AdminGuard)
    class ShutTools {
      @McpTool()
      shut(): string {
        return 'secret';
      }
    }
    @Module({ providers: [ShutTools, { provide: Doors, useValue: shut }] })
    class Shut {}
    @Module({ providers: [ClassGuarded, Doors] })
    class Open {}
    await start({ imports: [Shut, Open] });
    const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
    expect(await user.call('secret')).toEqual(FORBIDDEN);
    expect(await admin.call('secret')).toEqual(SECRET);
    expect(await admin.call('shut')).toEqual(FORBIDDEN);
    await admin.expectIntact();
  });

  it.each([Scope.DEFAULT, Scope.REQUEST, Scope.TRANSIENT])(
    'are distinguished when two modules provide different classes under one token (scope %s)',
    async (scope) => {
      @McpToolType({ scope })
      @UseGuards(AdminGuard)
      class Guarded {
        @McpTool()
        secret(): string {
          return `secret of ${this.constructor.name}`;
        }
      }
      @McpToolType({ scope })
      class Free {
        @McpTool()
        free(): string {
          return `free of ${this.constructor.name}`;
        }
      }
      @Module({ providers: [{ provide: 'TOOLS', useClass: Guarded }, Doors] })
      class First {}
      @Module({ providers: [{ provide: 'TOOLS', useClass: Free }] })
      class Second {}
      await start({ imports: [First, Second] });
      const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
      expect(await user.call('secret')).toEqual(FORBIDDEN);
      expect(await admin.call('secret')).toMatchObject({ text: 'secret of Guarded' });
      expect(await user.call('free')).toMatchObject({ text: 'free of Free' });
      await user.expectIntact();
    },
  );

  it.each([
    ['class', ClassGuarded],
    ['method', MethodGuarded],
  ])('run the guard of a %s that they inherit', async (_, parent) => {
    const type = class Inheriting extends parent {};
    McpToolType()(type);
    await start({ providers: [type, Doors] });
    const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
    expect(await user.call('secret')).toEqual(FORBIDDEN);
    expect(await admin.call('secret')).toEqual(SECRET);
    await user.expectIntact();
  });
});
