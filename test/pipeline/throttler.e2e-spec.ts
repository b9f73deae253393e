import { Controller, Get } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { SkipThrottle, Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

const LIMIT = 4;

@McpToolType()
class CountedTools {
  calls = 0;

  @McpTool()
  count(@Param('by', { type: 'integer' }) by: number): string {
    this.calls += by;
    return String(this.calls);
  }

  @McpTool()
  @Throttle({ default: { limit: 1, ttl: 60_000 } })
  rare(): string {
    return 'rare';
  }

  @McpTool()
  @SkipThrottle()
  free(): string {
    return 'free';
  }
}

@Controller('rest')
class RestController {
  @Get()
  get(): string {
    return 'rest';
  }
}

const application = (mcp: TestAppOptions['mcp']): TestAppOptions => ({
  imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: LIMIT }])],
  controllers: [RestController],
  providers: [CountedTools, { provide: APP_GUARD, useClass: ThrottlerGuard }],
  mcp,
});

const TOO_MANY = {
  isError: true,
  text: 'ThrottlerException: Too Many Requests',
  code: undefined,
};

describe.each(PLATFORMS)("@nestjs/throttler's guard on %s", (platform) => {
  const { start, connect, get } = harness(platform);

  it('counts a tool call once, on the tool, when it is named in `once`', async () => {
    const { app } = await start(application({ once: [ThrottlerGuard] }));
    const client = await connect();
    for (let call = 1; call <= LIMIT; call++)
      await expect(client.call('count', { by: 1 })).resolves.toMatchObject({ text: String(call) });
    expect(await client.call('count', { by: 1 })).toEqual(TOO_MANY);
    expect(app.get(CountedTools).calls).toBe(LIMIT);
    expect(await client.call('free')).toMatchObject({ isError: false, text: 'free' });
    await client.expectIntact();
  });

  it('counts other messages on the route, also when it is named in `once`', async () => {
    await start(application({ once: [ThrottlerGuard] }));
    const client = await connect();
    // initialize and notifications/initialized have been counted.
    await client.expectIntact();
    await client.expectIntact();
    const refused = await client.post({ jsonrpc: '2.0', id: 'late', method: 'ping' });
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } });
    expect(await client.call('count', { by: 1 })).toMatchObject({ text: '1' });
  });

  it('counts also on the route when it is not named, and answers there in HTTP', async () => {
    const { app } = await start(application({}));
    const client = await connect();
    for (let call = 1; call <= LIMIT - 2; call++) await client.call('count', { by: 1 });
    const refused = await client.postCall('count', { by: 1 });
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.body).toContain('ThrottlerException: Too Many Requests');
    expect(app.get(CountedTools).calls).toBe(LIMIT - 2);
    expect(client.wire.response.closed).toBe(false);
  });

  it('skips the routes of the transport through `decorators`, and still applies to tools', async () => {
    await start(application({ decorators: [SkipThrottle()] }));
    for (let opened = 0; opened <= LIMIT; opened++) await connect();
    const client = await connect();
    for (let ping = 0; ping <= LIMIT; ping++) await client.expectIntact();
    for (let call = 1; call <= LIMIT; call++) await client.call('count', { by: 1 });
    expect(await client.call('count', { by: 1 })).toEqual(TOO_MANY);
    for (let call = 0; call < LIMIT; call++)
      expect((await get('/rest')).headers).toHaveProperty('x-ratelimit-limit', String(LIMIT));
    expect((await get('/rest')).status).toBe(429);
    await client.expectIntact();
  });

  it('reads the limit of a tool from its decorators', async () => {
    await start(application({ once: [ThrottlerGuard] }));
    const client = await connect();
    expect(await client.call('rare')).toMatchObject({ text: 'rare', isError: false });
    expect(await client.call('rare')).toEqual(TOO_MANY);
    await client.expectIntact();
  });

  it('sets its headers on the responses of routes, and loses headers that it sets after the 202', async () => {
    await start(application({ once: [ThrottlerGuard] }));
    const client = await connect();
    expect(client.wire.response.headers).toHaveProperty('x-ratelimit-remaining', String(LIMIT - 1));
    const receipt = await client.postCall('count', { by: 1 });
    expect(receipt).toMatchObject({ status: 202, body: '' });
    expect(receipt.headers).not.toHaveProperty('x-ratelimit-limit');
    await client.expectIntact();
  });
});
