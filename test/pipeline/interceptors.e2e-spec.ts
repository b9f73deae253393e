import {
  ConflictException,
  Controller,
  Get,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import {
  LoggingInterceptor,
  TIME_LIMIT,
  TimeoutInterceptor,
  WrapInterceptor,
} from '../support/fixtures/pipeline/interceptors.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS } from '../support/app/test-app.js';

@McpToolType()
class Tools {
  private entered: () => void = () => undefined;
  readonly running = new Promise<void>((resolve) => (this.entered = resolve));

  @McpTool()
  echo(@Param('input') input: string): string {
    return input;
  }

  @McpTool()
  fail(): never {
    throw new ConflictException('taken');
  }

  @McpTool()
  async never(): Promise<void> {
    this.entered();
    await new Promise(() => undefined);
  }

  @McpTool()
  @UseInterceptors(WrapInterceptor)
  wrapped(): string {
    return 'alone';
  }
}

@Controller('rest')
class RestController {
  @Get()
  get(): string {
    return 'rest';
  }
}

describe.each(PLATFORMS)('an interceptor of the application on %s', (platform) => {
  const { start, connect, get } = harness(platform);

  const startWith = (interceptor: NestInterceptor) =>
    start({
      controllers: [RestController],
      providers: [Tools, { provide: APP_INTERCEPTOR, useValue: interceptor }],
    });

  afterEach(() => jest.useRealTimers());

  it('wraps results of tools, but no frames', async () => {
    await startWith(new WrapInterceptor());
    const client = await connect();
    expect(JSON.parse((await client.call('echo', { input: 'hi' })).text)).toEqual({ data: 'hi' });
    expect(JSON.parse((await client.call('wrapped')).text)).toEqual({ data: { data: 'alone' } });
    expect(await client.call('fail')).toEqual({ text: 'taken', isError: true, code: undefined });
    expect(JSON.parse((await get('/rest')).body)).toEqual({ data: 'rest' });
    await client.expectIntact();
  });

  it('ends a tool that runs too long, and never ends a stream', async () => {
    const { app } = await startWith(new TimeoutInterceptor());
    jest.useFakeTimers({
      advanceTimers: true,
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
    const client = await connect();
    await jest.advanceTimersByTimeAsync(TIME_LIMIT * 10);
    await client.expectIntact();
    const slow = client.call('never');
    await app.get(Tools).running;
    await jest.advanceTimersByTimeAsync(TIME_LIMIT);
    expect(await slow).toEqual({ text: 'too slow', isError: true, code: undefined });
    expect(await client.call('echo', { input: 'hi' })).toMatchObject({ text: 'hi' });
    await client.expectIntact();
  });

  it('sees what tools return and throw, but nothing of the transport', async () => {
    const log = new LoggingInterceptor();
    await startWith(log);
    const client = await connect();
    await client.call('echo', { input: 'hi' });
    await client.call('fail');
    await client.call('echo', { input: 7 });
    await client.expectIntact();
    client.close();
    await get('/rest');
    expect(log.lines).toEqual([
      'Tools.echo "hi"',
      'Tools.echo ended 200',
      'Tools.fail threw taken',
      'Tools.fail ended 200',
      expect.stringContaining("Tools.echo threw Invalid arguments for tool 'echo':"),
      'Tools.echo ended 200',
      'RestController.get "rest"',
      'RestController.get ended 200',
    ]);
  });
});
