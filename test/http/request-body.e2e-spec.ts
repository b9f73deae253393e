import { createHmac } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestMiddleware,
  type NestModule,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpExecutionContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import { HttpSession, request, toolCall } from '../support/wire/http-session.js';
import {
  PLATFORMS,
  type Platform,
  startApp,
  type TestAppOptions,
} from '../support/app/test-app.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { SseWire } from '../support/wire/sse-wire.js';

interface Bodied {
  readonly method: string;
  body?: unknown;
  readonly rawBody?: Buffer;
}

/** The bodies of POSTs, as each part of the application sees them. */
const seen: Record<'route' | 'guards' | 'tool' | 'middleware' | 'hook', unknown[]> = {
  route: [],
  guards: [],
  tool: [],
  middleware: [],
  hook: [],
};
const rawBodies: unknown[] = [];
const see = (by: keyof typeof seen, { method, body }: Bodied): void => {
  if (method === 'POST') seen[by].push(structuredClone(body));
};

/** Changes the body in every way, as a guard should not. */
function tamper(req: Bodied): void {
  for (const message of [req.body].flat() as { id?: unknown; params?: unknown }[]) {
    const { arguments: args } = (message.params ?? {}) as { arguments?: { input?: unknown } };
    if (args) args.input = 'tampered with';
    message.id = 'tampered with';
    message.params = { name: 'secret' };
  }
  req.body = { method: 'tampered with' };
}

let tampers = false;

@Injectable()
class BodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Bodied>();
    if (req.method !== 'POST') return true;
    see(McpExecutionContext.isMcp(context) ? 'tool' : 'route', req);
    rawBodies.push(req.rawBody);
    if (tampers) tamper(req);
    return true;
  }
}

const routeGuard: CanActivate = {
  canActivate: (context: ExecutionContext) => {
    see('guards', context.switchToHttp().getRequest<Bodied>());
    return true;
  },
};

@Injectable()
class BodyMiddleware implements NestMiddleware {
  use(req: Bodied, _: object, next: () => void): void {
    see('middleware', req);
    next();
  }
}

@Module({})
class MiddlewareModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(BodyMiddleware).forRoutes('{*path}');
  }
}

@McpToolType()
class Tools {
  @McpTool()
  echo(@Param('input') input: string): string {
    return input;
  }

  @McpTool()
  secret(): string {
    return 'secret';
  }
}

/** What sees the body before the route, on a platform. Middleware of Fastify runs before bodies are read. */
const BEFORE: Readonly<Record<Platform, readonly (keyof typeof seen)[]>> = {
  express: ['middleware'],
  fastify: ['hook'],
};

function hook(app: INestApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('preHandler', async (req) => see('hook', req));
}

const start = (platform: Platform, { configure, ...options }: TestAppOptions = {}) =>
  startApp({
    platform,
    imports: [MiddlewareModule],
    providers: [Tools, { provide: APP_GUARD, useClass: BodyGuard }],
    mcp: { guards: [routeGuard] },
    configure: (app) => {
      if (platform === 'fastify') hook(app);
      configure?.(app);
    },
    ...options,
  });

const CALL = toolCall('c', 'echo', { input: 'hello' });

/** Ways to post a call, and the text of the answer. */
const TRANSPORTS: Readonly<Record<string, (url: URL, message?: object) => Promise<string>>> = {
  '/messages': async (url, message = CALL) => {
    const wire = await SseWire.open(new URL('/sse', url));
    await wire.initialize();
    forget();
    await wire.post(message);
    const answer = await wire.answer('c');
    wire.close();
    return JSON.stringify(answer);
  },
  '/mcp': async (url, message = CALL) => {
    const session = await HttpSession.open(url);
    forget();
    return (await session.post(message)).body;
  },
  '/mcp without a session': async (url) => {
    forget();
    const { params } = CALL as { params: object };
    return (await postStateless(url, { method: 'tools/call', params: { ...params } })).body;
  },
};

const sign = (bytes: Buffer | string): string =>
  createHmac('sha256', 'key').update(bytes).digest('hex');

function forget(): void {
  for (const list of [...Object.values(seen), rawBodies]) list.length = 0;
}

const BODY = expect.objectContaining({
  jsonrpc: '2.0',
  method: 'tools/call',
  params: expect.objectContaining({ name: 'echo', arguments: { input: 'hello' } }),
});

describe.each(PLATFORMS)('the body of a message, on %s', (platform) => {
  let app: INestApplication | undefined;
  afterEach(async () => {
    tampers = false;
    await app?.close();
    app = undefined;
  });

  const serve = async (options?: TestAppOptions): Promise<URL> => {
    const running = await start(platform, options);
    app = running.app;
    return running.url;
  };

  const SETUPS: Readonly<Record<string, TestAppOptions>> = {
    'the parser of Nest': {},
    'no parser': { nest: { bodyParser: false } },
    ...(platform === 'express' && {
      'a parser of its own': {
        nest: { bodyParser: false },
        configure: (nest) => void nest.use(express.json({ limit: 10 })),
      },
      'two parsers': { configure: (nest) => void nest.use(express.json(), express.urlencoded()) },
    }),
  };

  const CASES = Object.entries(SETUPS).flatMap(([setup, options]) =>
    Object.entries(TRANSPORTS).map(([path, post]) => [setup, path, options, post] as const),
  );

  it.each(CASES)(
    'is seen by guards, hooks and middleware, with %s: POST %s',
    async (_, __, options, post) => {
      const url = await serve(options);
      expect(await post(url)).toContain('hello');
      for (const by of ['route', 'guards', 'tool', ...BEFORE[platform]] as const)
        expect([by, seen[by]]).toEqual([by, [BODY]]);
      expect(rawBodies).toEqual([undefined, undefined]);
    },
  );

  it.each(Object.entries(TRANSPORTS))(
    'is a copy, whose changes do not get to the call: POST %s',
    async (_, post) => {
      const url = await serve();
      tampers = true;
      const answer = await post(url);
      expect(answer).toContain('"text":"hello"');
      expect(answer).not.toMatch(/tampered|secret/);
    },
  );

  it.each([
    ['the parser of Nest', {}],
    ['a limit of its own', { configure: limitedParser }],
  ])('has its bytes where rawBody is on, with %s', async (_, options: TestAppOptions) => {
    const url = await serve({ ...options, nest: { rawBody: true } });
    for (const post of Object.values(TRANSPORTS)) {
      expect(await post(url)).toContain('hello');
      expect(rawBodies).toHaveLength(2);
      for (const raw of rawBodies) {
        expect(Buffer.isBuffer(raw)).toBe(true);
        expect(JSON.parse(String(raw))).toEqual(BODY);
      }
    }
  });

  it('has exactly the bytes that were sent, for a signature', async () => {
    const signed: CanActivate = {
      canActivate: (context: ExecutionContext) => {
        const { headers, rawBody } = context
          .switchToHttp()
          .getRequest<{ headers: Record<string, string>; rawBody: Buffer }>();
        return headers['x-signature'] === sign(rawBody);
      },
    };
    const url = await serve({ mcp: { guards: [signed] }, nest: { rawBody: true } });
    const body = ' { "jsonrpc" : "2.0", "id" : 1, "method": "ping" }\n';
    const post = async (signature: string) =>
      fetch(new URL('/mcp', url), {
        method: 'POST',
        headers: {
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'x-signature': signature,
        },
        body,
      });
    expect((await post(sign('other'))).status).toBe(403);
    expect((await post(sign(body))).status).not.toBe(403);
  });

  it('is an array for a batch', async () => {
    const url = await serve();
    const session = await HttpSession.open(url, { version: '2025-03-26' });
    forget();
    await session.post([request(1, 'ping'), CALL]);
    expect(seen.route).toEqual([[{ jsonrpc: '2.0', id: 1, method: 'ping' }, BODY]]);
  });

  it('has an id beyond 2^53 as a number, while the answer has every digit', async () => {
    const url = await serve();
    const session = await HttpSession.open(url);
    forget();
    const { body } = await session.post(
      `{"jsonrpc":"2.0","id":1152921504606846977,"method":"ping"}`,
    );
    expect(body).toContain('"id":1152921504606846977');
    expect(seen.route).toEqual([expect.objectContaining({ id: 2 ** 60 })]);
  });
});

function limitedParser(app: INestApplication): void {
  const parsing = app as INestApplication & {
    useBodyParser(type: string, options: object): unknown;
  };
  const isExpress = app.getHttpAdapter().getType() === 'express';
  if (isExpress) parsing.useBodyParser('json', { limit: 10 });
  else parsing.useBodyParser('application/json', { bodyLimit: 10 });
}
