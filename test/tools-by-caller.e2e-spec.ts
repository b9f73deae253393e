import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  McpExecutionContext,
  McpRegistry,
  McpTool,
  McpToolType,
  McpVisibility,
} from '@nestmcp/core';
import { of } from 'rxjs';
import { ToolLists } from '../libs/core/src/features/tools/listing/tool-lists.js';
import { ToolsFeature } from '../libs/core/src/features/tools/tools.feature.js';
import type { KeyedRequest } from './support/pipeline/guards.js';
import { harness } from './support/pipeline/harness.js';
import { Roles } from './support/pipeline/roles.js';
import { PLATFORMS } from './support/test-app.js';
import { namesFor, RolesVisibility } from './support/visibility.js';

const isAdmin = (context: ExecutionContext): boolean =>
  context.switchToHttp().getRequest<KeyedRequest>().headers['x-admin'] === 'yes';
const ADMIN = { 'x-admin': 'yes' };

/** Unmarked; named in `visibility`. */
@Injectable()
class LibraryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.getArgs().length === 3 || isAdmin(context);
  }
}

@McpVisibility()
@Injectable({ scope: Scope.REQUEST })
class ScopedVisibility extends LibraryGuard {}

@McpVisibility()
class Observing implements CanActivate {
  canActivate(context: ExecutionContext) {
    return of(isAdmin(context));
  }
}

@McpVisibility()
class Promising implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(isAdmin(context));
  }
}

@McpVisibility()
class Throwing implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!isAdmin(context)) throw new ForbiddenException('a secret reason');
    return true;
  }
}

@McpVisibility()
class BreakingDown implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!isAdmin(context)) throw new TypeError('no database');
    return Promise.resolve(true);
  }
}

/** Writes to the response when it says no, as guards of Express applications do. */
@McpVisibility()
class Writing implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isAdmin(context)) return true;
    const response = context.switchToHttp().getResponse<{
      status?: (code: number) => unknown;
      header: (name: string, value: string) => unknown;
      send: (body: string) => unknown;
      raw?: { setHeader: (name: string, value: string) => unknown };
    }>();
    response.header('x-written', 'yes');
    response.raw?.setHeader('x-written', 'yes');
    response.status?.(403);
    response.send('written');
    return false;
  }
}

/** Denies calls, and hides nothing. */
class Denying implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

const numbers = new WeakMap<object, number>();
const Numbered =
  (n: number): MethodDecorator =>
  (_target, _name, { value }) =>
    void numbers.set(value as object, n);

@McpVisibility()
@Injectable()
class DividesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<KeyedRequest>();
    return (numbers.get(context.getHandler()) ?? 0) % Number(headers['x-number']) === 0;
  }
}

const BOUND = { Observing, Promising, Throwing, BreakingDown, Writing, ScopedVisibility };

describe.each(PLATFORMS)('who sees a tool, on %s', (platform) => {
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

  it.each(Object.entries(BOUND))('is decided by a guard on the method: %s', async (_, guard) => {
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

  it.each(Object.entries(BOUND))('is decided by a guard on the class: %s', async (_, guard) => {
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

  it.each(Object.entries(BOUND))('is decided by a guard at run time: %s', async (_, guard) => {
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

  it('is decided by a request-scoped global guard that a factory makes', async () => {
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
    const { app } = await start({ providers: [Tools] });
    const client = await connect();
    expect(await namesFor(client, 'l')).toEqual(['denied']);
    expect(await client.call('denied')).toEqual({
      text: 'Forbidden resource',
      isError: true,
      code: undefined,
    });
    expect(app.get(ToolsFeature).cacheScope()).toBe('public');
  });

  it('is asked with handler, class, phase and no arguments, and again in the call', async () => {
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
    expect(app.get(ToolsFeature).cacheScope()).toBe('private');
  });

  it('does not let a header through that a guard wrote while it was asked', async () => {
    @McpToolType()
    class Tools {
      @McpTool()
      @UseGuards(Writing)
      secret(): string {
        return 'secret';
      }
    }
    await start({ providers: [Tools] });
    const client = await connect();
    const { status, headers } = await client.post({ jsonrpc: '2.0', id: 7, method: 'tools/list' });
    expect(status).toBe(202);
    expect(headers).not.toHaveProperty('x-written');
  });

  it('counts a call of a hidden tool on the route, and one of a visible tool on the tool', async () => {
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

describe('1,000 tools and 50 callers with different rights', () => {
  const { start, connect } = harness('express');
  const TOOLS = 1000;
  const CALLERS = 50;
  /** Tool n is for callers whose number divides it. */
  const seenBy = (caller: number): string[] =>
    Array.from({ length: TOOLS }, (_, n) => n)
      .filter((n) => n % caller === 0)
      .map((n) => `tool_${n}`);

  it('are listed for each as what is theirs, called as that, and serialized once', async () => {
    const { app } = await start({ providers: [DividesGuard] });
    const registry = app.get(McpRegistry);
    registry.edit((tools) => {
      for (let n = 0; n < TOOLS; n++)
        tools
          .tool(`tool_${n}`)
          .decorate(UseGuards(DividesGuard), Numbered(n))
          .handle(() => n);
    });
    const lists = app.get(ToolLists);
    const callers = await Promise.all(
      Array.from({ length: CALLERS }, async (_, index) => ({
        number: index + 1,
        client: await connect({ 'x-number': String(index + 1) }),
      })),
    );
    for (const { client, number } of callers)
      expect(await namesFor(client, 'first')).toEqual(seenBy(number));
    expect(lists.made).toEqual({ tools: TOOLS, lists: CALLERS });
    await Promise.all(
      callers.map(async ({ client, number }) => {
        expect(await namesFor(client, 'again')).toEqual(seenBy(number));
        const hidden = `tool_${number + 1}`;
        expect(await client.call(`tool_${number}`)).toMatchObject({ text: String(number) });
        if (number > 1)
          expect(await client.call(hidden)).toEqual({
            code: -32602,
            text: `Unknown tool: '${hidden}'`,
            isError: false,
          });
      }),
    );
    expect(lists.made).toEqual({ tools: TOOLS, lists: CALLERS });
    registry.remove('tool_0');
    await namesFor((callers[0] as (typeof callers)[0]).client, 'third');
    expect(lists.made).toEqual({ tools: TOOLS, lists: CALLERS + 1 });
  });
});
