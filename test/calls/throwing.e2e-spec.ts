import {
  type ArgumentsHost,
  BadRequestException,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  type INestApplication,
  InternalServerErrorException,
  NotFoundException,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  JsonRpcErrorCode,
  McpException,
  McpProtocolException,
  McpTool,
  McpToolType,
  Param,
} from '@nestmcp/core';
import { concat, finalize, Observable, of, throwError } from 'rxjs';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const SECRET = 'postgres://admin:hunter2@db';
const secretError = () => new Error(SECRET);

@Catch()
class ThrowingFilter implements ExceptionFilter {
  catch(_exception: unknown, _host: ArgumentsHost): never {
    throw secretError();
  }
}

const throwing = () => {
  throw secretError();
};

/** Fourteen ways to fail, and the exceptions whose message is public. */
@McpToolType()
class ThrowingTools {
  @McpTool() sync(): never {
    throw secretError();
  }
  @McpTool() async(): Promise<never> {
    return Promise.reject(secretError());
  }
  @McpTool() text(): never {
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- as other code does
    throw SECRET;
  }
  @McpTool() nothing(): never {
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- as other code does
    throw null;
  }
  @McpTool() frozen(): never {
    throw Object.freeze(secretError());
  }
  @McpTool() circular(): never {
    const error: Error & { self?: unknown } = secretError();
    error.self = error;
    throw error;
  }
  @McpTool() getter(): never {
    throw Object.defineProperty(secretError(), 'stack', { get: throwing });
  }
  @McpTool() observable(): Observable<never> {
    return throwError(secretError);
  }
  @McpTool() emission(): Observable<unknown> {
    return concat(of('first'), throwError(secretError));
  }
  @McpTool() finalizer(): Observable<unknown> {
    return of('last').pipe(finalize(throwing));
  }
  @McpTool() pipe(@Param('x', { transform: throwing }) x: string): string {
    return x;
  }
  @UseGuards({ canActivate: throwing })
  @McpTool()
  guard(): string {
    return 'ran';
  }
  @UseInterceptors({
    intercept: (_: ExecutionContext, next: CallHandler) =>
      concat(next.handle(), throwError(secretError)),
  })
  @McpTool()
  interceptor(): string {
    return 'ran';
  }
  @UseFilters(new ThrowingFilter())
  @McpTool()
  filter(): never {
    throw secretError();
  }

  @McpTool() mcp(): never {
    throw new McpException('No such customer');
  }
  @McpTool() notFound(): never {
    throw new NotFoundException('Order 7 is gone');
  }
  @McpTool() badRequest(): never {
    throw new BadRequestException(['a is wrong', 'b is wrong']);
  }
  @McpTool() forbidden(): never {
    throw new ForbiddenException({ message: 'Not yours', statusCode: 403 });
  }
  @McpTool() server(): never {
    throw new InternalServerErrorException(SECRET);
  }
  @McpTool() protocol(): never {
    throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, 'Bad cursor', { cursor: 'x' });
  }
}

describe.each(PLATFORMS)('a tool that throws, on %s', (platform) => {
  let app: INestApplication;
  let wire: SseWire;
  const logged: string[] = [];
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', onUnhandled);
    const logger = {
      log: () => undefined,
      warn: () => undefined,
      error: (...words: unknown[]) => void logged.push(words.map(String).join(' ')),
    };
    const running = await startApp({ platform, providers: [ThrowingTools], logger });
    app = running.app;
    wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
  });

  afterAll(async () => {
    wire.close();
    await app.close();
    process.off('unhandledRejection', onUnhandled);
  });

  it.each([
    'sync',
    'async',
    'text',
    'nothing',
    'frozen',
    'circular',
    'getter',
    'observable',
    'emission',
    'pipe',
    'guard',
    'interceptor',
    'filter',
    'server',
  ])('returns one masked result, logs its reference, and continues: %s', async (name) => {
    const { result } = await wire.call(name, 'tools/call', {
      name,
      arguments: name === 'pipe' ? { x: '' } : {},
    });
    const { content, isError } = result as { content: [{ text: string }]; isError: boolean };
    expect(isError).toBe(true);
    const [, reference = ''] =
      /^An error occurred invoking '\w+' \(ref ([0-9a-f]{8})\)$/.exec(content[0].text) ?? [];
    expect(reference).not.toBe('');
    expect(logged.filter((line) => line.includes(reference))).toEqual([
      expect.stringContaining(`ThrowingTools.${name}()`),
    ]);
    await wire.call(`after ${name}`, 'ping');
    expect(wire.messages.filter(({ id }) => id === name)).toHaveLength(1);
    expect(wire.raw).not.toContain('hunter2');
    expect(unhandled).toEqual([]);
  });

  it.each([
    ['mcp', 'No such customer'],
    ['not_found', 'Order 7 is gone'],
    ['bad_request', 'a is wrong\nb is wrong'],
    ['forbidden', 'Not yours'],
  ])('returns the message of an exception that is meant for the caller: %s', async (name, text) => {
    const errors = logged.length;
    await expect(wire.call(name, 'tools/call', { name })).resolves.toMatchObject({
      result: { isError: true, content: [{ type: 'text', text }] },
    });
    expect(logged).toHaveLength(errors);
  });

  it('returns the result when only its clean-up throws', async () => {
    await expect(wire.call('f', 'tools/call', { name: 'finalizer' })).resolves.toMatchObject({
      result: { content: [{ type: 'text', text: 'last' }] },
    });
    await wire.call('after f', 'ping');
    expect(unhandled).toEqual([]);
  });

  it('returns a protocol exception as a JSON-RPC error with its code, message and data', async () => {
    await expect(wire.call('p', 'tools/call', { name: 'protocol' })).resolves.toEqual({
      jsonrpc: '2.0',
      id: 'p',
      error: { code: -32602, message: 'Bad cursor', data: { cursor: 'x' } },
    });
  });
});
