import {
  BadRequestException,
  type CallHandler,
  type ExecutionContext,
  HttpException,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  NotFoundException,
  UseInterceptors,
} from '@nestjs/common';
import { McpException, McpProtocolException, McpTool, McpToolType, Param } from '@nestmcp/core';
import { finalize, from, map, type Observable, of, timer } from 'rxjs';
import { type HttpAnswer, post } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { HttpSession, StatelessWire, sseWire, type Wire } from '../support/wire/wires.js';

const LIMIT = 10_000;
const HUGE = 'é'.repeat(1_000_000);
const circular = (): Record<string, unknown> => {
  const one: Record<string, unknown> = {};
  one.self = one;
  return one;
};
const bare = (): object => Object.create(null) as object;
const boom = (): never => {
  throw new Error('in finalize');
};

/** Values that only an application, or a client through it, can produce. */
const THROWN: Readonly<Record<string, () => unknown>> = {
  'a list of objects without a prototype': () => new BadRequestException([bare(), 'two']),
  'a body that refers to itself': () => new HttpException(circular(), 400),
  'a bigint in the body': () => new HttpException({ n: 1n }, 400),
  'a list with a toString of a client': () => new BadRequestException([{ toString: 1 }]),
  'a status that throws': () => Object.assign(new NotFoundException(), { getStatus: boom }),
  'a proxy that refuses': () => new Proxy({}, { getPrototypeOf: boom, get: boom, ownKeys: boom }),
  'a message that is not text': () => Object.assign(new Error(), { message: bare() }),
  'a toString that throws': () => ({ toString: boom, [Symbol.toPrimitive]: boom }),
  'protocol data that refer to themselves': () =>
    new McpProtocolException(-32_602, 'x', circular()),
  'protocol data with a toJSON that throws': () =>
    new McpProtocolException(-32_602, 'x', { toJSON: boom }),
};
const LARGE: Readonly<Record<string, () => unknown>> = {
  'an McpException': () => new McpException(HUGE),
  'an HttpException': () => new NotFoundException(HUGE),
  'a list of messages': () => new BadRequestException([HUGE, HUGE]),
  'a protocol exception with a long message': () => new McpProtocolException(-32_602, HUGE),
  'a protocol exception with much data': () => new McpProtocolException(-32_602, 'x', { HUGE }),
};

@Injectable()
class Finalizing implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(finalize(boom));
  }
}
@Injectable()
class Passing implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

const late = (): Observable<string> =>
  timer(1).pipe(
    finalize(boom),
    map(() => 'ok'),
  );

@McpToolType()
class Tools {
  @McpTool()
  failing(@Param('how') how: string): never {
    throw (THROWN[how] ?? LARGE[how])?.();
  }

  @McpTool()
  @UseInterceptors(Finalizing)
  interceptor(): string {
    return 'ok';
  }

  @McpTool()
  @UseInterceptors(Passing, Finalizing, Passing)
  between(): Observable<string> {
    return timer(1).pipe(map(() => 'ok'));
  }

  @McpTool()
  direct(): Observable<string> {
    return of('first', 'ok').pipe(finalize(boom));
  }

  @McpTool()
  directLate(): Observable<string> {
    return late();
  }

  @McpTool()
  @UseInterceptors(Passing)
  intercepted(): Observable<string> {
    return late();
  }

  @McpTool()
  @UseInterceptors(Passing)
  promised(): Observable<string> {
    return from(Promise.resolve('ok')).pipe(finalize(boom));
  }

  @McpTool()
  @UseInterceptors(Finalizing, Finalizing)
  everywhere(): Observable<string> {
    return late();
  }
}

const FINALIZED = [
  'interceptor',
  'between',
  'direct',
  'direct_late',
  'intercepted',
  'promised',
  'everywhere',
];
const WIRES: readonly (readonly [string, (url: URL) => Promise<Wire>])[] = [
  ['HTTP+SSE', async (url) => sseWire(url, '2025-11-25')],
  ['a session of Streamable HTTP', async (url) => HttpSession.begin(url)],
  ['requests without a session', async (url) => Promise.resolve(new StatelessWire(url))],
];

describe.each(PLATFORMS)('unusual values on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);

  beforeAll(async () => {
    process.on('uncaughtException', note).on('unhandledRejection', note);
    ({ app, url } = await startApp({
      platform,
      providers: [Tools, Finalizing, Passing],
      mcp: { limits: { resultBytes: LIMIT }, timeout: '5s' },
    }));
  });

  afterAll(async () => {
    await app.close();
    process.off('uncaughtException', note).off('unhandledRejection', note);
  });

  describe.each(WIRES)('over %s', (_, open) => {
    let wire: Wire;
    let id = 0;
    const call = async (name: string, args: object = {}): Promise<string> => {
      const asked = await wire.ask(++id, 'tools/call', { name, arguments: args });
      return JSON.stringify(await asked.answer());
    };

    beforeAll(async () => {
      wire = await open(url);
    });

    afterAll(() => {
      wire.close();
    });

    it.each(Object.keys(THROWN))(
      'make only their call fail when they are thrown: %s',
      async (how) => {
        const answer = await call('failing', { how });
        expect(answer).toMatch(/"isError":true|"error":\{"code":-32603/);
        expect(answer).not.toContain('in finalize');
        expect(unhandled).toEqual([]);
      },
    );

    it.each(Object.keys(LARGE))('stay within the limit when they are thrown: %s', async (how) => {
      const answer = await call('failing', { how });
      expect(answer).toMatch(/"isError":true|"error":\{"code":-32602/);
      expect(answer).toMatch(/failed, and its error has more than 10000 bytes. It begins: [éx]/);
      expect(Buffer.byteLength(answer)).toBeLessThan(LIMIT);
    });

    it.each(FINALIZED)(
      'do not prevent the result when finalize() throws them: %s',
      async (name) => {
        expect(await call(name)).toContain('"text":"ok"');
        expect(unhandled).toEqual([]);
      },
    );

    it('of a tool are repeated in part, and only as printable text', async () => {
      // A header cannot carry the name unencoded.
      const odd = wire instanceof StatelessWire ? 'odd' : '\n\u202e\u0000';
      const shown = wire instanceof StatelessWire ? 'odd' : '???';
      const answer = await call(`${odd}${'x'.repeat(4_000)}`);
      expect(answer).toContain(`"message":"Unknown tool: '${shown}${'x'.repeat(125)}'"`);
    });
  });

  const KEY = 'io.modelcontextprotocol/protocolVersion';
  const posted = async (version: unknown, id?: number): Promise<HttpAnswer> =>
    post(
      new URL('/mcp', url),
      {
        jsonrpc: '2.0',
        ...(id !== undefined && { id }),
        method: 'notifications/x',
        params: { _meta: { [KEY]: version } },
      },
      { accept: 'application/json, text/event-stream' },
    );

  it.each([
    ['an object with a toString of its own', { toString: 1 }],
    ['an object with a valueOf of its own', { valueOf: null, toString: {} }],
    ['a list', [[[]]]],
    ['null', null],
    ['a number', 1e300],
    ['a long text', HUGE],
    ['a text of control characters', '\u0000\u001b[2J\u2028'.repeat(100)],
  ])('as a revision are answered by the contract: %s', async (_, version) => {
    for (const answer of [await posted(version), await posted(version, 1)]) {
      expect([400, 404]).toContain(answer.status);
      expect(answer.body.length).toBeLessThan(500);
      expect(JSON.parse(answer.body)).toMatchObject({
        jsonrpc: '2.0',
        error: { code: expect.any(Number) as number },
      });
      expect(answer.body).not.toMatch(/[^\x20-\x7e]|\\u/);
    }
  });
});
