import { Controller, Get, Injectable, Scope, type Type, UseGuards } from '@nestjs/common';
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
import { post, send } from '../support/wire/sse-wire.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

const FORBIDDEN = { text: 'Forbidden resource', isError: true, code: undefined };
const ping = { jsonrpc: '2.0', id: 'p', method: 'ping' };

@Injectable()
class Ledger {
  calls = 0;
}

@McpToolType()
class OpenTools {
  constructor(private readonly ledger: Ledger) {}

  @McpTool()
  open(): string {
    this.ledger.calls++;
    return 'open';
  }
}

@Controller('rest')
class RestController {
  @Get()
  get(): string {
    return 'rest';
  }
}

const GLOBAL: readonly (readonly [string, TestAppOptions])[] = [
  ['APP_GUARD', { providers: [{ provide: APP_GUARD, useClass: KeyGuard }] }],
  ['useGlobalGuards', { configure: (app) => app.useGlobalGuards(new KeyGuard(new Doors())) }],
  [
    'a request-scoped APP_GUARD',
    { providers: [{ provide: APP_GUARD, useClass: ScopedKeyGuard, scope: Scope.REQUEST }] },
  ],
  [
    'an APP_GUARD whose class is request-scoped',
    { providers: [{ provide: APP_GUARD, useClass: ScopedKeyGuard }] },
  ],
];

/** Tools of three kinds of provider. One of the two methods of each is guarded. */
function guardedTools(guard: Type<AdminGuard>): Type {
  @McpToolType()
  class GuardedTools {
    @McpTool()
    @UseGuards(guard)
    guarded(): string {
      return 'guarded';
    }

    @McpTool()
    free(): string {
      return 'free';
    }
  }
  return GuardedTools;
}

function guardedType(guard: Type<AdminGuard>, scope?: Scope): Type {
  @McpToolType({ scope })
  @UseGuards(guard)
  class GuardedType {
    @McpTool()
    guarded(): string {
      return 'guarded';
    }
  }
  return GuardedType;
}

const KINDS: readonly (readonly [string, Type])[] = [
  ['static', AdminGuard],
  ['request-scoped', ScopedAdminGuard],
  ['transient', TransientAdminGuard],
];
const HOSTS = [
  ['static', Scope.DEFAULT],
  ['request-scoped', Scope.REQUEST],
  ['transient', Scope.TRANSIENT],
] as const;

describe.each(PLATFORMS)('guards on %s', (platform) => {
  const { start, connect, get } = harness(platform);

  it.each(GLOBAL)(
    'that deny REST deny MCP, without configuration: %s',
    async (_, { providers = [], ...options }) => {
      const { app, url } = await start({
        ...options,
        controllers: [RestController],
        providers: [OpenTools, Ledger, Doors, ...providers],
      });
      expect((await get('/rest')).status).toBe(403);
      expect((await get('/sse')).status).toBe(403);
      expect((await post(new URL('/messages?sessionId=x', url), ping)).status).toBe(403);
      const client = await connect(KEY);
      const endpoint = await client.wire.endpoint();
      const call = { ...ping, method: 'tools/call', params: { name: 'open' } };
      for (const message of [ping, call, { jsonrpc: '2.0', method: 'notifications/cancelled' }])
        expect((await post(endpoint, message)).status).toBe(403);
      expect(app.get(Ledger).calls).toBe(0);
      expect(await client.call('open')).toMatchObject({ text: 'open', isError: false });
      expect((await send('GET', new URL('/rest', url), KEY)).body).toBe('rest');
      await client.expectIntact();
    },
  );

  it.each(KINDS)('that are bound to one tool apply to that tool only: %s', async (_, guard) => {
    await start({ providers: [guardedTools(guard), Doors] });
    const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
    expect(await user.call('guarded')).toEqual(FORBIDDEN);
    expect(await user.call('free')).toMatchObject({ text: 'free', isError: false });
    expect(await admin.call('guarded')).toMatchObject({ text: 'guarded', isError: false });
    await user.expectIntact();
    await admin.expectIntact();
  });

  describe.each(KINDS)('that are %s', (_, guard) => {
    it.each(HOSTS)('apply to every tool of a %s class', async (__, scope) => {
      await start({ providers: [guardedType(guard, scope), Doors] });
      const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
      const answers = await Promise.all([
        user.call('guarded'),
        admin.call('guarded'),
        user.call('guarded'),
      ]);
      expect(answers).toEqual([
        FORBIDDEN,
        { text: 'guarded', isError: false, code: undefined },
        FORBIDDEN,
      ]);
      await user.expectIntact();
    });

    it('apply to a class that is provided under another token', async () => {
      await start({ providers: [{ provide: 'TOOLS', useClass: guardedType(guard) }, Doors] });
      const [user, admin] = [await connect(KEY), await connect(ADMIN_KEY)];
      expect(await user.call('guarded')).toEqual(FORBIDDEN);
      expect(await admin.call('guarded')).toMatchObject({ text: 'guarded', isError: false });
      await user.expectIntact();
    });

    it.each([
      ['transient', Scope.TRANSIENT],
      ['request', Scope.REQUEST],
      ['no', undefined],
    ])('apply as APP_GUARD with %s scope', async (__, scope) => {
      await start({
        controllers: [RestController],
        providers: [OpenTools, Ledger, Doors, { provide: APP_GUARD, useClass: guard, scope }],
      });
      expect((await get('/rest', KEY)).status).toBe(403);
      expect((await get('/sse', KEY)).status).toBe(403);
      const admin = await connect(ADMIN_KEY);
      expect(await admin.call('open')).toMatchObject({ text: 'open', isError: false });
      expect((await admin.postCall('open', {}, { 'x-admin': 'no' })).status).toBe(403);
      await admin.expectIntact();
    });

    it('apply to the transports through forRoot({ guards })', async () => {
      await start({ providers: [OpenTools, Ledger, Doors, guard], mcp: { guards: [guard] } });
      expect((await get('/sse', KEY)).status).toBe(403);
      const admin = await connect(ADMIN_KEY);
      expect(await admin.call('open')).toMatchObject({ text: 'open', isError: false });
      expect((await admin.postCall('open', {}, { 'x-admin': 'no' })).status).toBe(403);
      await admin.expectIntact();
    });
  });
});
