import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpExecutionContext, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { ToolsFeature } from '../../libs/core/src/features/tools/tools.feature.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { Roles } from '../support/fixtures/pipeline/roles.js';
import { PLATFORMS } from '../support/app/test-app.js';
import {
  ADMIN,
  HIDING,
  LibraryGuard,
  namesFor,
  Promising,
  RolesVisibility,
  ScopedVisibility,
  Writing,
} from '../support/fixtures/visibility.js';

/** Denies calls, and hides nothing. */
class Denying implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

describe.each(PLATFORMS)('the visibility of a tool, on %s', (platform) => {
  const { start, connect } = harness(platform);

  const expectHiddenButFromAdmin = async (name: string, others: readonly string[] = []) => {
    const client = await connect();
    expect(await namesFor(client, 'l1')).toEqual(others);
    expect(await namesFor(client, 'l2', ADMIN)).toEqual([...others, name]);
    const unknown = await client.call('unheard_of');
    expect(await client.call(name)).toEqual({
      ...unknown,
      text: unknown.text.replace('unheard_of', name),
    });
    expect(unknown.code).toBe(-32602);
    expect(await client.call(name, {}, ADMIN)).toMatchObject({ text: name, isError: false });
    await client.expectIntact();
  };

  it.each(Object.entries(HIDING))('is decided by a guard on the method: %s', async (_, guard) => {
    @McpToolType()
    class Tools {
      @McpTool()
      open(): string {
        return 'open';
      }

      @McpTool()
      @UseGuards(guard)
      secret(): string {
        return 'secret';
      }
    }
    await start({ providers: [Tools] });
    await expectHiddenButFromAdmin('secret', ['open']);
  });

  it.each(Object.entries(HIDING))('is decided by a guard on the class: %s', async (_, guard) => {
    @McpToolType()
    @UseGuards(guard)
    class Tools {
      @McpTool()
      secret(): string {
        return 'secret';
      }
    }
    await start({ providers: [Tools] });
    await expectHiddenButFromAdmin('secret');
  });

  it.each(Object.entries(HIDING))('is decided by a guard at run time: %s', async (_, guard) => {
    const { app } = await start({ providers: [guard] });
    app
      .get(McpRegistry)
      .tool('secret')
      .decorate(UseGuards(guard))
      .handle(() => 'secret');
    await expectHiddenButFromAdmin('secret');
  });

  it.each([
    ['static', LibraryGuard],
    ['request-scoped', ScopedVisibility],
  ])('is decided by a global guard that is %s', async (_, useClass) => {
    @McpToolType()
    class Tools {
      @McpTool()
      secret(): string {
        return 'secret';
      }
    }
    await start({
      providers: [Tools, { provide: APP_GUARD, useClass }],
      mcp: { visibility: [LibraryGuard] },
    });
    await expectHiddenButFromAdmin('secret');
  });

  it('is decided by a request-scoped global guard that a factory creates', async () => {
    @McpToolType()
    class Tools {
      @McpTool()
      secret(): string {
        return 'secret';
      }
    }
    const factory = {
      provide: APP_GUARD,
      scope: Scope.REQUEST,
      useFactory: () => new ScopedVisibility(),
    };
    await start({ providers: [Tools, factory] });
    await expectHiddenButFromAdmin('secret');
  });

  it('is decided by a global guard that runs once', async () => {
    @McpToolType()
    class Tools {
      @McpTool()
      secret(): string {
        return 'secret';
      }
    }
    await start({
      providers: [Tools, { provide: APP_GUARD, useClass: LibraryGuard }],
      mcp: { visibility: [LibraryGuard], once: [LibraryGuard] },
    });
    await expectHiddenButFromAdmin('secret');
  });

  it('is decided by a guard that is bound to a request-scoped tool', async () => {
    @McpToolType({ scope: Scope.REQUEST })
    class Tools {
      @McpTool()
      @UseGuards(Promising)
      secret(): string {
        return 'secret';
      }
    }
    await start({ providers: [Tools] });
    await expectHiddenButFromAdmin('secret');
  });

  it('is not decided by other guards, whose denial is a result', async () => {
    @McpToolType()
    class Tools {
      @McpTool()
      @UseGuards(Denying)
      denied(): string {
        return 'denied';
      }
    }
    const { app } = await start({ providers: [Tools], mcp: { cache: { scope: 'public' } } });
    const client = await connect();
    expect(await namesFor(client, 'l')).toEqual(['denied']);
    expect(await client.call('denied')).toEqual({
      text: 'Forbidden resource',
      isError: true,
      code: undefined,
    });
    expect(app.get(ToolsFeature).cacheHint('tools/list')?.cacheScope).toBe('public');
  });

  it('is requested with handler, class, phase and no arguments, and again in the call', async () => {
    @McpToolType()
    @Roles('clerk')
    class Tools {
      @McpTool({ input: { type: 'object' } })
      @Roles('boss')
      order(): string {
        return 'order';
      }
    }
    const guard = { provide: APP_GUARD, useExisting: RolesVisibility };
    const { app } = await start({ providers: [Tools, RolesVisibility, guard] });
    const client = await connect();
    expect(await namesFor(client, 'l1', { 'x-roles': 'clerk' })).toEqual([]);
    expect(await namesFor(client, 'l2', { 'x-roles': 'boss' })).toEqual(['order']);
    expect(await client.call('order', { n: 1 }, { 'x-roles': 'boss' })).toMatchObject({
      text: 'order',
    });
    expect(app.get(RolesVisibility).asked).toEqual([
      'list order {} Tools',
      'list order {} Tools',
      'list order {} Tools',
      'call order {"n":1} Tools',
    ]);
    expect(app.get(ToolsFeature).cacheHint('tools/list')?.cacheScope).toBe('private');
  });

  it('sends no header that a guard wrote while it decided', async () => {
    @McpToolType()
    class Tools {
      @McpTool()
      @UseGuards(Writing)
      secret(): string {
        return 'secret';
      }
    }
    @Injectable()
    class Passing implements CanActivate {
      canActivate(): boolean {
        return true;
      }
    }
    // So that the guard also runs on the route, where headers could still be sent.
    await start({
      providers: [Tools, { provide: APP_GUARD, useClass: Passing }],
      mcp: { once: [Passing] },
    });
    const client = await connect();
    const before = Writing.denials;
    const params = { name: 'secret' };
    const message = { jsonrpc: '2.0', id: 7, method: 'tools/call', params };
    const { status, headers } = await client.post(message);
    expect(Writing.denials).toBeGreaterThan(before);
    expect(status).toBe(202);
    expect(headers).not.toHaveProperty('x-written');
  });

  it('makes a guard count a hidden tool on the route, and a visible tool on the tool', async () => {
    const seen: string[] = [];
    @Injectable()
    class Counting implements CanActivate {
      canActivate(context: ExecutionContext): boolean {
        seen.push(McpExecutionContext.isMcp(context) ? 'tool' : 'route');
        return true;
      }
    }
    @McpToolType()
    class Tools {
      @McpTool()
      @UseGuards(Promising)
      secret(): string {
        return 'secret';
      }
    }
    await start({
      providers: [Tools, { provide: APP_GUARD, useClass: Counting }],
      mcp: { once: [Counting] },
    });
    const client = await connect();
    seen.length = 0;
    await client.call('secret');
    expect(seen.splice(0)).toEqual(['route']);
    await client.call('secret', {}, ADMIN);
    expect(seen).toEqual(['tool']);
  });
});
