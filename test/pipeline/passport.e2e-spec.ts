import { Controller, Get, Inject, Injectable, Scope } from '@nestjs/common';
import { APP_GUARD, REQUEST } from '@nestjs/core';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';
import {
  bearer,
  CurrentUser,
  expiredBearer,
  JWT_IMPORTS,
  JwtAuthGuard,
  JwtStrategy,
  type User,
} from '../support/fixtures/pipeline/jwt.js';
import { post } from '../support/wire/sse-wire.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

/** Every way in which a tool can identify its caller. */
@McpToolType()
class UserTools {
  @McpTool()
  async whoami(
    ctx: McpContext,
    @CurrentUser() user: User,
    @CurrentUser('id') id: string,
  ): Promise<string> {
    await new Promise((resolve) => setImmediate(resolve));
    const { user: onRequest } = ctx.request as { user?: User };
    return [(ctx.user as User).id, onRequest?.id, user.id, id].join(' ');
  }
}

@Injectable({ scope: Scope.REQUEST })
class Caller {
  constructor(@Inject(REQUEST) readonly request: { user?: User }) {}
}

@McpToolType()
class ScopedTools {
  constructor(private readonly caller: Caller) {}

  @McpTool()
  injected(): string {
    return String(this.caller.request.user?.id);
  }
}

@Controller('rest')
class RestController {
  @Get()
  get(@CurrentUser('id') id: string): string {
    return id;
  }
}

const application = (options: TestAppOptions): TestAppOptions => ({
  ...options,
  imports: JWT_IMPORTS,
  providers: [JwtStrategy, UserTools, ScopedTools, Caller, ...(options.providers ?? [])],
});

const GUARDED_EVERYWHERE = application({
  controllers: [RestController],
  providers: [{ provide: APP_GUARD, useClass: JwtAuthGuard }],
});

const PLACES: readonly (readonly [string, TestAppOptions])[] = [
  ['APP_GUARD', GUARDED_EVERYWHERE],
  ['forRoot({ guards })', application({ mcp: { guards: [JwtAuthGuard] } })],
  [
    'forRoot({ guards }) of a guard that the application provides',
    application({ providers: [JwtAuthGuard], mcp: { guards: [JwtAuthGuard] } }),
  ],
];

const ping = { jsonrpc: '2.0', id: 'p', method: 'ping' };

describe.each(PLATFORMS)("@nestjs/passport's JWT guard on %s", (platform) => {
  describe.each(PLACES)('as %s', (_, options) => {
    const { start, connect, get } = harness(platform);

    it('returns 401 in HTTP without a valid token, before a session exists', async () => {
      const { url } = await start(options);
      const { authorization } = bearer('ann');
      const forged = { authorization: `${authorization}x` };
      for (const headers of [{}, forged, expiredBearer('ann'), { authorization: 'Basic YTpi' }]) {
        expect((await get('/sse', headers)).status).toBe(401);
        const unknown = new URL('/messages?sessionId=x', url);
        expect((await post(unknown, ping, headers)).status).toBe(401);
      }
      const client = await connect(bearer('ann'));
      const endpoint = await client.wire.endpoint();
      expect((await post(endpoint, ping)).status).toBe(401);
      expect((await post(endpoint, ping, forged)).status).toBe(401);
      const call = { ...ping, method: 'tools/call', params: { name: 'whoami' } };
      expect((await post(endpoint, call)).status).toBe(401);
      await client.expectIntact();
      expect(client.wire.messages).toHaveLength(2);
    });

    it('lets a tool see the user of its POST, and never the user of another', async () => {
      await start(options);
      const names = ['ann', 'bob', 'eve'];
      const clients = await Promise.all(names.map((name) => connect(bearer(name))));
      const rounds = Array.from({ length: 5 }, () =>
        clients.flatMap((client) => [client.call('whoami'), client.call('injected')]),
      );
      const seen = (await Promise.all(rounds.flat())).map(({ text }) => text);
      const round = names.flatMap((name) => [`${name} ${name} ${name} ${name}`, name]);
      expect(seen).toEqual([round, round, round, round, round].flat());
      await Promise.all(clients.map((client) => client.expectIntact()));
    });

    it('uses the user of the POST, not the user who opened the stream', async () => {
      const mcp = { ...options.mcp, principal: () => 'one account of several users' };
      await start({ ...options, mcp });
      const client = await connect(bearer('ann'));
      const [first, second] = await Promise.all([
        client.call('whoami', {}, bearer('renewed')),
        client.call('whoami'),
      ]);
      expect(first.text).toBe('renewed renewed renewed renewed');
      expect(second.text).toBe('ann ann ann ann');
    });
  });

  const { start, connect, get } = harness(platform);

  it('still guards routes', async () => {
    await start(GUARDED_EVERYWHERE);
    expect((await get('/rest')).status).toBe(401);
    expect(await get('/rest', bearer('ann'))).toMatchObject({ status: 200, body: 'ann' });
    await (await connect(bearer('ann'))).expectIntact();
  });
});
