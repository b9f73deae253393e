import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  type ModuleMetadata,
  Scope,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, LazyModuleLoader } from '@nestjs/core';
import { McpExecutionContext, McpTool, McpToolType, McpVisibility, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { keepingLogger } from '../support/fixtures/boot-report.js';

/** Denies calls of tools that a header of the request does not name. */
@Injectable()
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    if (!McpExecutionContext.isMcp(context)) return true;
    if (headers['x-allowed'] === context.getHandler().name) return true;
    throw new ForbiddenException();
  }
}
@Injectable({ scope: Scope.REQUEST })
class RequestGuard extends HeaderGuard {}
@Injectable({ scope: Scope.TRANSIENT })
class TransientGuard extends HeaderGuard {}
@McpVisibility()
@Injectable()
class HidingGuard extends HeaderGuard {}

@Injectable()
class Stock {
  of(id: string): string {
    return `stock of ${id}`;
  }
}

@Controller('orders')
@McpToolType({ prefix: 'orders_' })
class OrdersController {
  constructor(private readonly stock: Stock) {}
  @Get()
  @McpTool('List')
  list(): string {
    return 'all';
  }
  @McpTool()
  find(@Param('id') id: string): string {
    return this.stock.of(id);
  }
}

const guardedController = (guard: Type<CanActivate>, scope = Scope.DEFAULT): Type => {
  @UseGuards(guard)
  @Controller({ path: 'guarded', scope })
  @McpToolType()
  class GuardedController {
    @McpTool()
    allowed(): string {
      return 'yes';
    }
    @McpTool()
    denied(): string {
      return 'never';
    }
  }
  return GuardedController;
};

const methodGuarded = (guard: Type<CanActivate>): Type => {
  @Controller('methods')
  @McpToolType()
  class MethodGuardedController {
    @UseGuards(guard)
    @McpTool()
    allowed(): string {
      return 'yes';
    }
    @UseGuards(guard)
    @McpTool()
    denied(): string {
      return 'never';
    }
  }
  return MethodGuardedController;
};

type Test = (client: McpTestClient, load: (module: Type) => Promise<unknown>) => Promise<void>;

async function withClient(
  module: ModuleMetadata,
  test: Test,
  platform = PLATFORMS[0],
): Promise<void> {
  const { app } = await startApp({ ...module, ...(platform && { platform }) });
  const headers = { 'x-allowed': 'allowed' };
  const client = await McpTestClient.connect(app, { headers, transport: 'sse' });
  try {
    const loader = app.get(LazyModuleLoader, { strict: false });
    await test(client, (lazy) => loader.load(() => lazy));
  } finally {
    await client.close();
    await app.close();
  }
}

const namesOf = async (client: McpTestClient): Promise<string[]> =>
  (await client.listTools()).map(({ name }) => name).toSorted();

describe('a controller with tools', () => {
  it.each(PLATFORMS)('is served as providers are, beside its routes, on %s', (platform) =>
    withClient(
      { controllers: [OrdersController], providers: [Stock] },
      async (client) => {
        await expect(namesOf(client)).resolves.toEqual(['orders_find', 'orders_list']);
        await client.callTool(OrdersController, 'find', ['7']).expectText('stock of 7');
        await client.callTool(OrdersController, 'list').expectText('all');
      },
      platform,
    ),
  );

  it.each<[string, Type]>([
    ['a guard of the class', guardedController(HeaderGuard)],
    ['a request-scoped guard of the class', guardedController(RequestGuard)],
    ['a transient guard of the class', guardedController(TransientGuard)],
    ['a guard of a request-scoped class', guardedController(HeaderGuard, Scope.REQUEST)],
    ['a guard of the method', methodGuarded(HeaderGuard)],
    ['a request-scoped guard of the method', methodGuarded(RequestGuard)],
    ['a transient guard of the method', methodGuarded(TransientGuard)],
  ])('is guarded by %s', (_, controller) =>
    withClient({ controllers: [controller] }, async (client) => {
      await client.callTool('allowed').expectText('yes');
      await client.callTool('denied').expectDenied();
    }),
  );

  it.each<[string, Type]>([
    ['of the class', guardedController(HidingGuard)],
    ['of the method', methodGuarded(HidingGuard)],
  ])('is hidden by a guard %s that decides who sees it', (_, controller) =>
    withClient({ controllers: [controller] }, async (client) => {
      await expect(namesOf(client)).resolves.toEqual(['allowed']);
      await client.callTool('denied').expectProtocolError(-32602);
    }),
  );

  it('is guarded by global guards of every scope', async () => {
    for (const guard of [HeaderGuard, RequestGuard, TransientGuard])
      await withClient(
        {
          controllers: [
            methodGuarded(
              class Open implements CanActivate {
                canActivate(): boolean {
                  return true;
                }
              },
            ),
          ],
          providers: [{ provide: APP_GUARD, useClass: guard }],
        },
        async (client) => {
          await client.callTool('allowed').expectText('yes');
          await client.callTool('denied').expectDenied();
        },
      );
  });

  it('that is also a provider is reported, with the fix', async () => {
    const started = startApp({
      controllers: [OrdersController],
      providers: [Stock, OrdersController],
    });
    await expect(started).rejects.toThrow(
      'If it is among the providers and the controllers, list it once.',
    );
  });
});

@McpToolType()
class FirstTools {
  @McpTool()
  first(): void {}
}
@McpToolType()
class LazyTools {
  @McpTool()
  allowed(): string {
    return 'yes';
  }
  @McpTool()
  denied(): string {
    return 'never';
  }
}
@Module({ providers: [LazyTools] })
class LazyModule {}
@Module({ imports: [LazyModule], controllers: [OrdersController], providers: [Stock] })
class LazyWithImports {}

@McpToolType()
class BadTools {
  @McpTool()
  unbound(_x: string): void {}
  @McpTool()
  static never(): void {}
  @McpTool()
  fine(): string {
    return 'fine';
  }
}
@Module({ providers: [BadTools] })
class BadModule {}

describe('a module that is loaded after the start', () => {
  it('has its tools served, and clients are notified', () =>
    withClient({ providers: [FirstTools] }, async (client, load) => {
      await expect(namesOf(client)).resolves.toEqual(['first']);
      await client.nextListChange(() => load(LazyWithImports));
      await expect(namesOf(client)).resolves.toEqual([
        'allowed',
        'denied',
        'first',
        'orders_find',
        'orders_list',
      ]);
      await client.callTool(OrdersController, 'find', ['7']).expectText('stock of 7');
      await client.callTool('allowed').expectText('yes');
    }));

  it('is served once, however often and however it is loaded', () =>
    withClient({}, async (client, load) => {
      await load(LazyModule);
      await Promise.all([load(LazyModule), load(LazyWithImports), load(LazyWithImports)]);
      await expect(namesOf(client)).resolves.toHaveLength(4);
    }));

  it.each<[string, Type]>([
    ['static', HeaderGuard],
    ['request-scoped', RequestGuard],
    ['transient', TransientGuard],
  ])('is guarded by the %s global guards', (_, guard) =>
    withClient({ providers: [{ provide: APP_GUARD, useClass: guard }] }, async (client, load) => {
      await load(LazyModule);
      await client.callTool('allowed').expectText('yes');
      await client.callTool('denied').expectDenied();
    }),
  );

  it.each<[string, Type]>([
    ['static', HeaderGuard],
    ['request-scoped', RequestGuard],
    ['transient', TransientGuard],
  ])('is guarded by its own %s guards', (_, guard) => {
    @Module({ controllers: [guardedController(guard)] })
    class Guarded {}
    return withClient({}, async (client, load) => {
      await load(Guarded);
      await client.callTool('allowed').expectText('yes');
      await client.callTool('denied').expectDenied();
    });
  });

  it('is named in the log when something of it is wrong, and the rest is served', async () => {
    const logger = keepingLogger();
    const { app } = await startApp({ logger });
    const client = await McpTestClient.connect(app);
    await app.get(LazyModuleLoader, { strict: false }).load(() => BadModule);
    expect(logger.errors).toEqual([
      expect.stringMatching(/^MCP059 .+: MCP004 BadTools\.unbound\(\): parameter 1/),
      expect.stringMatching(/^MCP059 .+: MCP053 BadTools\.never has @McpTool\(\)/),
    ]);
    await expect(namesOf(client)).resolves.toEqual(['fine']);
    await client.close();
    await app.close();
  });

  it('is served when another module loads it while the application starts', async () => {
    @Injectable()
    class Loader {
      constructor(private readonly loader: LazyModuleLoader) {}
      async onModuleInit(): Promise<void> {
        await this.loader.load(() => LazyModule);
      }
    }
    await withClient({ providers: [Loader] }, async (client) => {
      await client.callTool('allowed').expectText('yes');
    });
  });
});
