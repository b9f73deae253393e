import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  Inject,
  Injectable,
  type LoggerService,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { BaseExceptionFilter, REQUEST } from '@nestjs/core';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { McpExecutionContext, McpTool, McpToolType, McpVisibility, Param } from '@nestmcp/core';
import { map, type Observable } from 'rxjs';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { call, STATELESS, stdioHarness, textOf } from '../support/wire/stdio-wire.js';

interface WithHeaders {
  readonly headers: { readonly authorization?: string };
  readonly user: { readonly id: string };
}

const requestOf = (host: ArgumentsHost): WithHeaders => host.switchToHttp().getRequest();

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'secret' });
  }

  validate(payload: object): object {
    return payload;
  }
}

@Injectable()
class JwtAuthGuard extends AuthGuard('jwt') {}

class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return requestOf(context).headers.authorization !== undefined;
  }
}

class LaterGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await Promise.resolve();
    const [request] = context.getArgs<[WithHeaders]>();
    return 'authorization' in request.headers;
  }
}

class ConvertedGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = McpExecutionContext.create(context)
      .switchToHttp()
      .getRequest<WithHeaders>();
    return headers.authorization !== undefined;
  }
}

@Injectable({ scope: Scope.REQUEST })
class InjectedGuard implements CanActivate {
  constructor(@Inject(REQUEST) private readonly request: WithHeaders) {}

  canActivate(): boolean {
    return this.request.headers.authorization !== undefined;
  }
}

class HeaderInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return requestOf(context).headers.authorization === undefined ? next.handle() : next.handle();
  }
}

class LateInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value) => [value, requestOf(context).user.id]));
  }
}

@Injectable({ scope: Scope.REQUEST })
class UserPipe implements PipeTransform {
  constructor(@Inject(REQUEST) private readonly request: WithHeaders) {}

  transform(value: unknown): unknown {
    return [value, this.request.headers.authorization];
  }
}

@Catch()
class PathFilter implements ExceptionFilter {
  catch(exception: Error, host: ArgumentsHost): unknown {
    return `${requestOf(host).headers.authorization}: ${exception.message}`;
  }
}

@Catch()
class ReplyingFilter extends BaseExceptionFilter {}

@McpVisibility()
class HidingGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return requestOf(context).headers.authorization !== undefined;
  }
}

/** Fails for reasons of its own, after it has handled the absent request. */
class OwnFailureGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { user } = (requestOf(context) as WithHeaders | undefined) ?? {};
    throw new Error(`the directory is down, ${typeof user}`);
  }
}

class DenyingGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if ((requestOf(context) as WithHeaders | undefined) === undefined)
      throw new UnauthorizedException('Log in first');
    return true;
  }
}

class PassingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    requestOf(context);
    return next.handle();
  }
}

@Catch()
class RethrowingFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): unknown {
    requestOf(host);
    throw exception;
  }
}

const UserId = createParamDecorator((_, context: ExecutionContext) => requestOf(context).user.id);
const UserIdLater = createParamDecorator(
  async (_, context: ExecutionContext) => requestOf(context).user.id,
);
const bug = (): never => (undefined as unknown as { x: never }).x;

/** Each tool runs into the absent request, with what runs into it. */
const NEEDY: Readonly<Record<string, string>> = {
  passport: 'the guard JwtAuthGuard',
  header: 'the guard HeaderGuard',
  later: 'the guard LaterGuard',
  converted: 'the guard ConvertedGuard',
  injected: 'the guard InjectedGuard',
  interceptor: 'the interceptor HeaderInterceptor',
  late: 'the interceptor LateInterceptor',
  pipe: 'the pipe UserPipe',
  parameter: 'a parameter decorator',
  parameter_later: 'a parameter decorator',
  filter: 'the filter PathFilter',
  replying: 'the filter ReplyingFilter',
};

@McpToolType()
class NeedyTools {
  @McpTool()
  @UseGuards(JwtAuthGuard)
  passport(): string {
    return 'open';
  }

  @McpTool()
  @UseGuards(HeaderGuard)
  header(): string {
    return 'open';
  }

  @McpTool()
  @UseGuards(LaterGuard)
  later(): string {
    return 'open';
  }

  @McpTool()
  @UseGuards(ConvertedGuard)
  converted(): string {
    return 'open';
  }

  @McpTool()
  @UseInterceptors(HeaderInterceptor)
  interceptor(): string {
    return 'open';
  }

  @McpTool()
  @UseInterceptors(PassingInterceptor, LateInterceptor)
  late(): string {
    return 'open';
  }

  @McpTool()
  parameter(@UserId() id: string): string {
    return `open to ${id}`;
  }

  @McpTool()
  parameterLater(@UserIdLater() id: string): string {
    return `open to ${id}`;
  }

  @McpTool()
  @UseFilters(PathFilter)
  filter(): string {
    throw new Error('x');
  }

  @McpTool()
  @UseFilters(ReplyingFilter)
  replying(): string {
    throw new Error('x');
  }

  @McpTool()
  @UseGuards(HidingGuard)
  hidden(): string {
    return 'open';
  }

  @McpTool()
  @UseGuards(OwnFailureGuard)
  ownFailure(): string {
    return 'open';
  }

  @McpTool()
  @UseInterceptors(PassingInterceptor)
  @UseFilters(RethrowingFilter)
  bug(): string {
    return bug();
  }

  @McpTool()
  @UseGuards(DenyingGuard)
  denied(): string {
    return 'open';
  }
}

@McpToolType()
class ScopedTools {
  @McpTool()
  @UseGuards(InjectedGuard)
  injected(): string {
    return 'open';
  }

  @McpTool()
  @UsePipes(UserPipe)
  pipe(@Param('x', { default: 'x' }) x: string): string {
    return `open, ${x}`;
  }
}

describe.each([
  ['sessions', {}],
  ['2026-07-28', STATELESS],
])('what needs an HTTP request, over stdio (%s)', (_, meta) => {
  const start = stdioHarness();
  const lines: unknown[][] = [];
  const logger: LoggerService = {
    log: () => undefined,
    warn: () => undefined,
    error: (...line: unknown[]) => void lines.push(line),
  };
  const connect = async () => {
    const wire = await start({
      imports: [PassportModule],
      providers: [JwtStrategy, NeedyTools, ScopedTools],
      options: { logger },
    });
    await wire.initialize();
    lines.length = 0;
    return wire;
  };
  const callTool = async (name: string) =>
    (await connect()).request(name, 'tools/call', call(name, {}, meta));

  it.each(Object.entries(NEEDY))(
    'is denied, with the reason: %s, by %s',
    async (name, enhancer) => {
      const answer = await callTool(name);
      expect(answer).toMatchObject({ result: { isError: true } });
      const text = String(textOf(answer));
      expect(text).not.toContain('open');
      const [, named, reference] =
        /^An error occurred invoking '\w+': (.*) needs an HTTP request, and a call over stdio has none \(ref (\w{8})\)$/.exec(
          text,
        ) ?? [];
      expect(named).toBe(enhancer);
      expect(lines).toHaveLength(1);
      const [line] = lines[0] as [Error];
      expect(line.message).toMatch(/^MCP066 \w+Tools\.\w+\(\): /);
      expect(line.message).toContain(`${enhancer} needs an HTTP request`);
      expect(line.message).toContain(`(ref ${reference})`);
      expect(line.cause).toMatchObject({ name: 'TypeError' });
    },
  );

  it('hides a tool, with the reason in the log', async () => {
    expect(await callTool('hidden')).toMatchObject({ error: { code: -32602 } });
    expect(lines.map(([line]) => (line as Error).message)).toEqual([
      expect.stringMatching(
        /^MCP066 The visibility check of HidingGuard: the guard HidingGuard needs/,
      ),
    ]);
  });

  it.each(['own_failure', 'bug'])('is not blamed for other failures: %s', async (name) => {
    const answer = await callTool(name);
    expect(textOf(answer)).toMatch(
      new RegExp(`^An error occurred invoking '${name}' \\(ref \\w{8}\\)$`),
    );
    expect(lines.map(([line]) => (line as Error).message)).toEqual([
      expect.stringMatching(/^MCP110 NeedyTools\.\w+\(\) failed/),
    ]);
  });

  it('may deny for a reason of its own, which the client gets', async () => {
    const answer = await callTool('denied');
    expect(answer).toMatchObject({ result: { isError: true } });
    expect(textOf(answer)).toBe('Log in first');
    expect(lines).toEqual([]);
  });
});
