import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  Injectable,
  type INestApplication,
  type NestInterceptor,
  UnauthorizedException,
  ValidationPipe,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { map, type Observable, of } from 'rxjs';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { post, send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp, type TestAppOptions } from '../support/app/test-app.js';

@Injectable()
class WrapInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

/** Returns the first caller's response to every caller. */
@Injectable()
class OneAnswerInterceptor implements NestInterceptor {
  private first: unknown;

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.first !== undefined) return of(this.first);
    return next.handle().pipe(map((value: unknown) => (this.first ??= value)));
  }
}

@Catch()
class CatchAllFilter implements ExceptionFilter {
  catch(_exception: unknown, host: ArgumentsHost): void {
    const response = host
      .switchToHttp()
      .getResponse<{ status(code: number): { send(body: object): void } }>();
    response.status(418).send({ caught: true });
  }
}

@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    if (headers['x-key'] !== 'right') throw new UnauthorizedException();
    return true;
  }
}

@Controller('plain')
class PlainController {
  @Get()
  get(): string {
    return 'plain';
  }
}

describe.each(PLATFORMS)('the global enhancers of an application on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  const start = async (options: TestAppOptions) => {
    ({ app, url } = await startApp({ platform, controllers: [PlainController], ...options }));
    return new URL('/sse', url);
  };

  afterEach(() => app.close());

  const CASES: readonly (readonly [string, TestAppOptions])[] = [
    [
      'APP_INTERCEPTOR',
      { providers: [ProbeTools, { provide: APP_INTERCEPTOR, useClass: WrapInterceptor }] },
    ],
    [
      'useGlobalInterceptors',
      {
        providers: [ProbeTools],
        configure: (nest) => nest.useGlobalInterceptors(new WrapInterceptor()),
      },
    ],
    [
      'a cache that returns one response to all callers',
      { providers: [ProbeTools, { provide: APP_INTERCEPTOR, useClass: OneAnswerInterceptor }] },
    ],
  ];

  it.each(CASES)('never change a frame, nor mix up clients: %s', async (_, options) => {
    const sse = await start(options);
    const [first, second] = [await SseWire.open(sse), await SseWire.open(sse)];
    expect((await first.endpoint()).search).not.toBe((await second.endpoint()).search);
    for (const wire of [first, second]) {
      await wire.initialize();
      await expect(wire.call(1, 'ping')).resolves.toEqual({ jsonrpc: '2.0', id: 1, result: {} });
      expect(await wire.post({ jsonrpc: '2.0', method: 'x' })).toMatchObject({
        status: 202,
        body: '',
      });
      wire.close();
    }
  });

  it('still run on the other routes', async () => {
    await start({
      providers: [ProbeTools, { provide: APP_INTERCEPTOR, useClass: WrapInterceptor }],
    });
    const { body } = await send('GET', new URL('/plain', url));
    expect(JSON.parse(body)).toEqual({ data: 'plain' });
  });

  it('never change a refusal: a filter that catches everything', async () => {
    const sse = await start({
      providers: [
        ProbeTools,
        { provide: APP_FILTER, useClass: CatchAllFilter },
        { provide: APP_PIPE, useValue: new ValidationPipe({ whitelist: true, transform: true }) },
      ],
      mcp: { limits: { streams: 1 } },
    });
    const wire = await SseWire.open(sse);
    await wire.initialize();
    const full = await send('GET', sse);
    expect(full).toMatchObject({ status: 503, body: expect.stringContaining('"jsonrpc":"2.0"') });
    const unknown = await post(new URL('/messages?sessionId=x', url), {
      jsonrpc: '2.0',
      id: 1,
      method: 'ping',
    });
    expect(unknown).toMatchObject({
      status: 404,
      body: expect.stringContaining('Session not found'),
    });
    await expect(wire.post('{')).resolves.toMatchObject({ status: 400 });
    await expect(
      wire.call(1, 'tools/call', { name: 'echo', arguments: { input: 'x' } }),
    ).resolves.toMatchObject({
      result: { content: [{ text: 'x' }] },
    });
    wire.close();
  });

  it('apply to the transport: a guard that denies REST denies the stream and every message', async () => {
    const sse = await start({
      providers: [ProbeTools, { provide: APP_GUARD, useClass: KeyGuard }],
    });
    expect((await send('GET', new URL('/plain', url))).status).toBe(401);
    expect((await send('GET', sse)).status).toBe(401);
    const wire = await SseWire.open(sse, { 'x-key': 'right' });
    await expect(wire.post({ jsonrpc: '2.0', id: 1, method: 'ping' })).resolves.toMatchObject({
      status: 401,
    });
    await expect(
      wire.post({ jsonrpc: '2.0', id: 2, method: 'ping' }, { 'x-key': 'right' }),
    ).resolves.toMatchObject({ status: 202 });
    await wire.answer(2);
    expect(wire.messages).toHaveLength(1);
    wire.close();
  });

  it('let CORS answer preflights and add its headers to refusals and streams', async () => {
    const sse = await start({
      providers: [ProbeTools],
      configure: (nest) => nest.enableCors({ origin: 'http://localhost:3000' }),
    });
    const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' };
    const preflight = await send('OPTIONS', new URL('/messages', url), headers);
    expect(preflight).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': 'http://localhost:3000' },
    });
    const wire = await SseWire.open(sse, { origin: 'http://localhost:3000' });
    expect(wire.response.headers['access-control-allow-origin']).toBe('http://localhost:3000');
    wire.close();
  });
});
