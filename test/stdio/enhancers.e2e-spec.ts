import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  Scope,
  SetMetadata,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, REQUEST, Reflector } from '@nestjs/core';
import {
  McpContext,
  McpExecutionContext,
  McpRegistry,
  McpTool,
  McpToolType,
  McpVisibility,
  Param,
} from '@nestmcp/core';
import { call, STATELESS, stdioHarness, textOf } from '../support/wire/stdio-wire.js';

/** The contexts that guards received, in order. */
const seen: unknown[] = [];
const Level = (level: string): MethodDecorator => SetMetadata('level', level);

@Injectable()
class LevelGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const level = this.reflector.get<string | undefined>('level', context.getHandler());
    seen.push([
      context.getType<string>(),
      McpExecutionContext.isMcp(context),
      context.switchToHttp().getRequest<unknown>(),
    ]);
    return level !== 'secret';
  }
}

@Injectable()
class ClassGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    seen.push('class');
    return McpExecutionContext.create(context).getArguments().input !== 'refused by class';
  }
}

@Injectable({ scope: Scope.REQUEST })
class RequestGuard implements CanActivate {
  constructor(@Inject(REQUEST) private readonly request: unknown) {}

  canActivate(context: ExecutionContext): boolean {
    seen.push(this.request === McpExecutionContext.create(context).getContext());
    return true;
  }
}

@McpVisibility()
class HidingGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    seen.push(context.getType<string>());
    return false;
  }
}

class HttpOnlyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: object }>();
    return 'authorization' in headers;
  }
}

@Catch(ForbiddenException)
class WritingFilter implements ExceptionFilter {
  catch(_: ForbiddenException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<{
      status(code: number): { json(body: object): void };
    }>();
    response.status(403).json({ message: 'not you' });
  }
}

const ContextType = createParamDecorator((_, context: ExecutionContext) =>
  context.getType<string>(),
);

@McpToolType()
@UseGuards(ClassGuard)
class GuardedTools {
  @McpTool()
  open(@Param('input') input: string, @ContextType() type: string, ctx: McpContext): string {
    return `${input} by ${type}, ${typeof ctx.request}, ${typeof ctx.user}`;
  }

  @McpTool()
  @Level('secret')
  secret(): string {
    return 'never';
  }

  @McpTool()
  @UseFilters(WritingFilter)
  @Level('secret')
  filtered(): string {
    return 'never';
  }

  @McpTool()
  @UseGuards(HttpOnlyGuard)
  webOnly(): string {
    return 'never';
  }

  @McpTool()
  @UseGuards(HidingGuard)
  hidden(): string {
    return 'never';
  }
}

/** A separate class, since one request-scoped guard makes all tools of its class request-scoped. */
@McpToolType()
@UseGuards(ClassGuard)
class ScopedTools {
  @McpTool()
  @UseGuards(RequestGuard)
  scoped(@ContextType() type: string): string {
    return `scoped, ${type}`;
  }
}

describe.each([
  ['sessions', {}],
  ['2026-07-28', STATELESS],
])('the enhancers of a tool, on stdio (%s)', (_, meta) => {
  const start = stdioHarness();
  const connect = async () => {
    const wire = await start({
      providers: [GuardedTools, ScopedTools, { provide: APP_GUARD, useClass: LevelGuard }],
    });
    await wire.initialize();
    return (name: string, args: object = {}) =>
      wire.request(name, 'tools/call', call(name, args, meta));
  };
  const HTTP_LESS = ['mcp', true, undefined];

  beforeEach(() => seen.splice(0));

  it('run, global ones first, with the type mcp and no request', async () => {
    const callTool = await connect();
    expect(textOf(await callTool('open', { input: 'called' }))).toBe(
      'called by mcp, undefined, undefined',
    );
    expect(seen).toEqual([HTTP_LESS, 'class']);
  });

  it.each([
    ['secret', {}],
    ['open', { input: 'refused by class' }],
  ])('refuse %s', async (name, args) => {
    const callTool = await connect();
    expect(await callTool(name, args)).toMatchObject({ result: { isError: true } });
  });

  it('refuse, with the reason, when a guard depends on a request', async () => {
    const callTool = await connect();
    const answer = await callTool('web_only');
    expect(answer).toMatchObject({ result: { isError: true } });
    expect(textOf(answer)).toMatch(
      /^An error occurred invoking 'web_only': the guard HttpOnlyGuard needs an HTTP request, .* \(ref \w{8}\)$/,
    );
  });

  it('may write to a response, which becomes the result', async () => {
    const callTool = await connect();
    const answer = await callTool('filtered');
    expect(answer).toMatchObject({ result: { isError: true } });
    expect(textOf(answer)).toContain('not you');
  });

  it('may be request-scoped: REQUEST is the context of the call', async () => {
    const callTool = await connect();
    expect(textOf(await callTool('scoped'))).toBe('scoped, mcp');
    expect(seen).toEqual([HTTP_LESS, 'class', true]);
  });

  it('decide which callers see a tool', async () => {
    const callTool = await connect();
    expect(await callTool('hidden')).toMatchObject({ error: { code: -32602 } });
    expect(seen).toEqual(['mcp']);
  });
});

describe('a global guard that is request-scoped', () => {
  const start = stdioHarness();

  it('applies on stdio too', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Closed implements CanActivate {
      canActivate(): boolean {
        return false;
      }
    }
    const wire = await start({
      providers: [GuardedTools, { provide: APP_GUARD, useClass: Closed }],
    });
    await wire.initialize();
    const answer = await wire.request(1, 'tools/call', call('open', { input: 'x' }));
    expect(answer).toMatchObject({ result: { isError: true } });
  });

  it('applies to tools that a module adds when it is initialized', async () => {
    @Injectable()
    class Adding {
      constructor(private readonly registry: McpRegistry) {}
      onModuleInit(): void {
        this.registry
          .tool('late')
          .decorate(Level('secret'))
          .handle(() => 'never');
      }
    }
    const wire = await start({
      providers: [Adding, { provide: APP_GUARD, useClass: LevelGuard }],
    });
    await wire.initialize();
    expect(await wire.request(1, 'tools/call', call('late'))).toMatchObject({
      result: { isError: true },
    });
  });
});
