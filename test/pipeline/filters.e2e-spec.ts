import {
  type CanActivate,
  ConflictException,
  Controller,
  type ExceptionFilter,
  Get,
  Injectable,
  NotFoundException,
  type Type,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import {
  AdapterFilter,
  AsyncFilter,
  ResponseFilter,
  ReturningFilter,
  TrackingFilter,
} from '../support/fixtures/pipeline/filters.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { post } from '../support/wire/sse-wire.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

@Injectable()
class NobodyGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@McpToolType()
class FailingTools {
  @McpTool()
  fine(@Param('n', { type: 'integer' }) n: number): string {
    return `fine ${n}`;
  }

  @McpTool()
  missing(): never {
    throw new NotFoundException('no such order');
  }

  @McpTool()
  async broken(): Promise<never> {
    await Promise.resolve();
    throw new Error('the secret is 42');
  }

  @McpTool()
  @UseGuards(NobodyGuard)
  denied(): string {
    return 'secret';
  }

  @McpTool()
  @UseFilters(ReturningFilter)
  recovered(): never {
    throw new ConflictException('taken');
  }
}

@Controller('rest')
class RestController {
  @Get()
  get(): never {
    throw new NotFoundException('no such order');
  }
}

const application = (filter: Type<ExceptionFilter>, options: TestAppOptions = {}) => ({
  ...options,
  controllers: [RestController],
  providers: [FailingTools, ReturningFilter, { provide: APP_FILTER, useClass: filter }],
});

const failure = (text: unknown) => ({ text, isError: true, code: undefined });

const WRITING: readonly (readonly [string, Type<ExceptionFilter>])[] = [
  ['on the response', ResponseFilter],
  ['through the adapter', AdapterFilter],
  ['later', AsyncFilter],
];

describe.each(PLATFORMS)('a filter that catches everything on %s', (platform) => {
  const { start, connect, get } = harness(platform);

  it.each(WRITING)('answers a tool call when it writes %s', async (_, filter) => {
    await start(application(filter));
    const client = await connect();
    expect(await client.call('missing')).toEqual(failure('caught: no such order'));
    expect(await client.call('broken')).toEqual(failure('caught: something'));
    expect(await client.call('denied')).toEqual(failure('caught: Forbidden resource'));
    expect(await client.call('fine', { n: 'x' })).toEqual(
      failure("caught: Invalid arguments for tool 'fine':\n- n: must be an integer number (isInt)"),
    );
    expect(await client.call('fine', { n: 1 })).toMatchObject({ text: 'fine 1', isError: false });
    expect(await get('/rest')).toMatchObject({
      status: 404,
      body: '{"statusCode":404,"message":"caught: no such order"}',
    });
    expect(client.wire.raw).not.toMatch(/42|secret/);
    await client.expectIntact();
  });

  it("answers a tool call when it extends Nest's own", async () => {
    await start(application(TrackingFilter));
    const client = await connect();
    expect(await client.call('missing')).toEqual(failure('no such order'));
    expect(await client.call('broken')).toEqual(failure('Internal server error'));
    expect(await client.call('denied')).toEqual(failure('Forbidden resource'));
    expect(await client.call('fine', { n: 'x' })).toEqual(
      failure(expect.stringContaining('n: must be an integer')),
    );
    expect(client.wire.raw).not.toMatch(/42|secret/);
    await client.expectIntact();
  });

  it('turns its return value into the result', async () => {
    await start(application(ResponseFilter));
    const client = await connect();
    expect(await client.call('recovered')).toEqual({
      text: '{"recovered":"taken"}',
      isError: false,
      code: undefined,
    });
    await client.expectIntact();
  });

  it('never changes a refusal of the transport', async () => {
    const { url } = await start(application(ResponseFilter, { mcp: { limits: { streams: 1 } } }));
    const client = await connect();
    const full = await get('/sse');
    expect(full).toMatchObject({ status: 503, body: expect.stringContaining('"jsonrpc":"2.0"') });
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const unknown = await post(new URL('/messages?sessionId=x', url), ping);
    expect(unknown).toMatchObject({
      status: 404,
      body: expect.stringContaining('Session not found'),
    });
    const endpoint = await client.wire.endpoint();
    expect((await post(endpoint, '{')).body).toContain('-32700');
    expect((await post(endpoint, { no: 'message' })).body).toContain('-32600');
    await client.expectIntact();
  });

  it('does not change errors of the protocol', async () => {
    await start(application(ResponseFilter));
    const client = await connect();
    expect(await client.call('unheard-of')).toMatchObject({ code: -32_602 });
    await client.expectIntact();
  });
});
