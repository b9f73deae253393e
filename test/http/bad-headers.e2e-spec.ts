import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { ServerResponse } from 'node:http';
import { McpContext, McpExecutionContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import type { Observable } from 'rxjs';
import { HttpSession, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { type HttpAnswer, SseWire } from '../support/wire/sse-wire.js';
import { type Platform, PLATFORMS, startApp } from '../support/app/test-app.js';

interface AnyResponse extends ServerResponse {
  readonly raw?: ServerResponse;
  header(name: string, value: unknown): void;
  headers(all: object): void;
  set(name: string | object, value?: unknown): void;
  append(name: string, value: unknown): void;
  type(value: string): void;
  cookie(name: string, value: string): void;
  links(all: object): void;
}

type SetHeader = (response: AnyResponse, name: string, value: string) => unknown;

const rawOf = (response: AnyResponse): ServerResponse => response.raw ?? response;

/**
 * On both platforms: Node's own response, which on Fastify is beside the reply and on Express is the response
 * itself.
 */
const OF_NODE: Record<string, SetHeader> = {
  setHeader: (response, name, value) => rawOf(response).setHeader(name, value),
  'setHeader, a list': (response, name, value) => rawOf(response).setHeader(name, ['a', value]),
  appendHeader: (response, name, value) => rawOf(response).appendHeader(name, value),
  'setHeaders, a map': (response, name, value) =>
    rawOf(response).setHeaders(new Map([[name, value]])),
  writeHead: (response, name, value) => rawOf(response).writeHead(200, { [name]: value }),
  'writeHead, a list': (response, name, value) => rawOf(response).writeHead(200, [name, value]),
  writeEarlyHints: (response, name, value) =>
    rawOf(response).writeEarlyHints({ link: '</a>; rel=preload', [name]: value }),
  addTrailers: (response, name, value) => rawOf(response).addTrailers({ [name]: value }),
};

const APIS: Record<Platform, Record<string, SetHeader>> = {
  express: {
    ...OF_NODE,
    set: (response, name, value) => response.set(name, value),
    'set, all at once': (response, name, value) => response.set({ [name]: value }),
    'set, a list': (response, name, value) => response.set(name, ['a', value]),
    header: (response, name, value) => response.header(name, value),
    append: (response, name, value) => response.append(name, value),
  },
  fastify: {
    ...OF_NODE,
    header: (response, name, value) => response.header(name, value),
    'header, a list': (response, name, value) => response.header(name, ['a', value]),
    headers: (response, name, value) => response.headers({ [name]: value }),
  },
};

/** Functions that take the name or the value in a different position. */
const OTHERS: Record<Platform, Record<string, (response: AnyResponse) => unknown>> = {
  express: {
    'the name of a cookie': (response) => response.cookie('a\r\nx-injected', '1'),
    'the target of a link': (response) => response.links({ next: 'a\r\nx-injected: 1' }),
    'a content type': (response) => response.type('text/✓'),
  },
  fastify: { 'a content type': (response) => response.type('text/✓') },
};

const BAD: readonly (readonly [string, string])[] = [
  ['x-echo', '✓'],
  ['x-echo', 'a\r\nx-injected: 1'],
  ['x echo', 'a'],
  ['x-echo\r\nx-injected', '1'],
];

/** The actions that a test performs on the response. */
let act: (response: AnyResponse) => unknown = () => undefined;

@Injectable()
class ActingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    act(context.switchToHttp().getResponse<AnyResponse>());
    return next.handle();
  }
}

@McpToolType()
@UseInterceptors(ActingInterceptor)
class Tools {
  @McpTool()
  async marked(@Param('told') told: boolean, ctx: McpContext) {
    if (told) await ctx.progress(1);
    return 'whole';
  }
}

/** Performs on the route's real response the actions that a request names. */
@Injectable()
class RouteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (McpExecutionContext.isMcp(context)) return true;
    const { headers } = context.switchToHttp().getRequest<{ headers: { echo?: string } }>();
    if (headers.echo === undefined) return true;
    const response = context.switchToHttp().getResponse<AnyResponse>();
    response.header('x-echo', decodeURIComponent(headers.echo));
    return true;
  }
}

describe.each(PLATFORMS)('an invalid HTTP header, on %s,', (platform) => {
  const error = jest.fn();
  const strays: unknown[] = [];
  const stray = (thrown: unknown) => strays.push(thrown);
  let app: INestApplication;
  let url: URL;
  let session: HttpSession;

  beforeAll(async () => {
    process.on('unhandledRejection', stray).on('uncaughtException', stray);
    ({ app, url } = await startApp({
      platform,
      providers: [Tools, ProbeTools, { provide: APP_GUARD, useClass: RouteGuard }],
      logger: { log: jest.fn(), warn: jest.fn(), error },
    }));
    session = await HttpSession.open(url);
  });

  afterEach(() => {
    act = () => undefined;
    error.mockClear();
  });

  afterAll(async () => {
    await app.close();
    process.off('unhandledRejection', stray).off('uncaughtException', stray);
  });

  const META = { progressToken: 1 };
  const CALLS: Record<string, (told: boolean) => Promise<HttpAnswer>> = {
    'a session': (told) => session.post(toolCall(1, 'marked', { told }, META)),
    'no session': (told) =>
      postStateless(url, {
        method: 'tools/call',
        params: { name: 'marked', arguments: { told } },
        meta: META,
      }),
  };

  describe.each(Object.entries(CALLS))('with %s,', (_, call) => {
    it.each(Object.entries(APIS[platform]))('makes only the call fail: %s', async (_name, set) => {
      for (const [name, value] of BAD) {
        act = (response) => set(response, name, value);
        const { status, body, headers } = await call(false);
        expect({ status, body }).toEqual({ status: 200, body: expect.stringMatching(FAILED) });
        expect(headers).not.toHaveProperty('x-injected');
        expect(body).not.toContain('x-injected');
      }
    });

    it.each(Object.entries(OTHERS[platform]))(
      'makes only the call fail: %s',
      async (_name, set) => {
        act = set;
        expect((await call(false)).body).toMatch(FAILED);
      },
    );

    it('has no effect as a reason phrase, or when the headers are sent too early', async () => {
      for (const told of [false, true]) {
        act = (response) => Object.assign(rawOf(response), { statusMessage: 'a\r\nb' });
        expect((await call(told)).body).toContain('whole');
        act = (response) => rawOf(response).flushHeaders();
        const { body, headers } = await call(told);
        expect(body).toContain('whole');
        expect(headers['content-type']).toMatch(told ? /event-stream/ : /json/);
      }
    });
  });

  it('makes only the call fail over HTTP+SSE, where the headers have been sent', async () => {
    const wire = await SseWire.open(new URL('/sse', url));
    await wire.initialize();
    act = (response) => response.header('x-echo', '✓');
    const { result } = await wire.call(1, 'tools/call', {
      name: 'marked',
      arguments: { told: false },
    });
    expect(JSON.stringify(result)).toMatch(FAILED);
    wire.close();
  });

  if (platform === 'fastify')
    it('is omitted, and logged, when a guard of the route has set it', async () => {
      const echo = { echo: encodeURIComponent('✓') };
      for (const told of [false, true]) {
        const { status, body, headers } = await session.post(
          toolCall(1, 'marked', { told }, META),
          echo,
        );
        expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining('whole') });
        expect(headers).not.toHaveProperty('x-echo');
      }
      const cancelled = session.post(toolCall(2, 'wait'), echo);
      await app.get(ProbeTools).running(1);
      const params = { requestId: 2 };
      await session.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
      expect(await cancelled).toMatchObject({ status: 200 });
      expect(error.mock.calls.map(([line]) => String(line).slice(0, 6))).toEqual([
        'MCP141',
        'MCP141',
        'MCP141',
      ]);
    });

  it('leaves no uncaught error in the process in any of these cases', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(strays).toEqual([]);
  });
});

const FAILED = /An error occurred invoking 'marked' \(ref [0-9a-f]{8}\).*"isError":true/;
