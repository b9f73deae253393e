import { CACHE_MANAGER, CacheInterceptor, CacheKey, CacheModule } from '@nestjs/cache-manager';
import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { McpContext, McpExecutionContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import type { Cache } from 'cache-manager';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

@McpToolType()
class CountingTools {
  private calls = 0;

  @McpTool()
  echo(@Param('input') input: string, ctx: McpContext): string {
    return `${input} ${ctx.sessionId} ${++this.calls}`;
  }

  @McpTool()
  other(@Param('input') input: string): string {
    return `other ${input}`;
  }

  @McpTool()
  @CacheKey('rates')
  rates(): string {
    return `rates ${++this.calls}`;
  }

  @McpTool()
  @CacheKey((context) => JSON.stringify(McpExecutionContext.create(context).getArguments()))
  byArguments(@Param('input') input: string): string {
    return `${input} ${++this.calls}`;
  }
}

@McpToolType()
@UseInterceptors(CacheInterceptor)
class MarkedTools extends CountingTools {}

@Controller('rest')
class RestController {
  private calls = 0;

  @Get()
  get(): string {
    return String(++this.calls);
  }
}

const CACHE = {
  imports: [CacheModule.register({ isGlobal: true })],
  controllers: [RestController],
};
const CACHED_EVERYWHERE: TestAppOptions = {
  ...CACHE,
  providers: [CountingTools, { provide: APP_INTERCEPTOR, useClass: CacheInterceptor }],
};

const PLACES: readonly (readonly [string, TestAppOptions])[] = [
  ['APP_INTERCEPTOR', CACHED_EVERYWHERE],
  ['@UseInterceptors()', { ...CACHE, providers: [MarkedTools] }],
];

describe.each(PLATFORMS)("@nestjs/cache-manager's interceptor on %s", (platform) => {
  describe.each(PLACES)('as %s', (_, application) => {
    const { start, connect } = harness(platform);

    it('caches no tool result, since a call is a POST', async () => {
      const { app } = await start(application);
      const [ann, bob] = [await connect(), await connect()];
      const texts = [
        await ann.call('echo', { input: 'a' }),
        await ann.call('echo', { input: 'a' }),
        await ann.call('echo', { input: 'b' }),
        await bob.call('echo', { input: 'a' }),
        await ann.call('other', { input: 'a' }),
      ].map(({ text }) => text);
      const [annId, bobId] = [await ann.sessionId(), await bob.sessionId()];
      expect(texts).toEqual([
        `a ${annId} 1`,
        `a ${annId} 2`,
        `b ${annId} 3`,
        `a ${bobId} 4`,
        'other a',
      ]);
      const cache = app.get<Cache>(CACHE_MANAGER, { strict: false });
      expect(await cache.get('/sse')).toBeUndefined();
      await ann.expectIntact();
      await bob.expectIntact();
    });

    it('never sends the response of one client to another, nor a stream from its store', async () => {
      await start(application);
      const clients = await Promise.all(Array.from({ length: 5 }, () => connect()));
      const ids = await Promise.all(clients.map((client) => client.sessionId()));
      expect(new Set(ids).size).toBe(clients.length);
      for (const client of clients) await client.expectIntact();
    });

    it('caches for all clients what the application assigns a key, as on a route', async () => {
      await start(application);
      const [ann, bob] = [await connect(), await connect()];
      expect((await ann.call('rates')).text).toBe('rates 1');
      expect((await bob.call('rates')).text).toBe('rates 1');
      await ann.expectIntact();
      await bob.expectIntact();
    });

    it('separates entries that the application keys by the arguments of the call', async () => {
      await start(application);
      const [ann, bob] = [await connect(), await connect()];
      expect((await ann.call('by_arguments', { input: 'a' })).text).toBe('a 1');
      expect((await bob.call('by_arguments', { input: 'b' })).text).toBe('b 2');
      expect((await bob.call('by_arguments', { input: 'a' })).text).toBe('a 1');
      await ann.expectIntact();
      await bob.expectIntact();
    });
  });

  const { start, connect, get } = harness(platform);

  it('still caches routes', async () => {
    await start(CACHED_EVERYWHERE);
    const client = await connect();
    expect((await get('/rest')).body).toBe('1');
    expect(await get('/rest')).toMatchObject({ body: '1', headers: { 'x-cache': 'HIT' } });
    await client.expectIntact();
  });
});
