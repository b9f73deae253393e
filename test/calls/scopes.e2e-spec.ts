import {
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  Scope,
  type Type,
} from '@nestjs/common';
import { type ContextId, ContextIdFactory, type HostComponentInfo, REQUEST } from '@nestjs/core';
import {
  Ctx,
  McpContext,
  McpTool,
  McpToolType,
  Param,
  Progress,
  type ReportProgress,
  Signal,
} from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { SseWire } from '../support/wire/sse-wire.js';
import {
  PLATFORMS,
  type RunningApp,
  startApp,
  type TestAppOptions,
} from '../support/app/test-app.js';

interface Carrier {
  readonly headers: Record<string, string | undefined>;
}

@Injectable({ scope: Scope.REQUEST })
class RequestService {
  static made = 0;
  readonly number = ++RequestService.made;
  constructor(@Inject(REQUEST) readonly request: Carrier) {}
}

@McpToolType({ scope: Scope.REQUEST })
class RequestTools {
  static made = 0;
  readonly number = ++RequestTools.made;

  constructor(
    private readonly service: RequestService,
    @Inject(REQUEST) private readonly request: Carrier,
  ) {}

  @McpTool() whoami(): object {
    const { request, service } = this;
    return {
      caller: request.headers['x-caller'],
      same: service.request === request,
      host: this.number,
      service: service.number,
    };
  }
}

/** Not request-scoped itself, but it injects a request-scoped provider. */
@McpToolType()
class DependentTools {
  constructor(private readonly service: RequestService) {}

  @McpTool() caller(): string | undefined {
    return this.service.request.headers['x-caller'];
  }
}

@Injectable()
class DeepService {
  async caller(): Promise<string | undefined> {
    await Promise.resolve();
    const request = McpContext.current()?.request as Carrier | undefined;
    return request?.headers['x-caller'];
  }
}

const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<Carrier>().headers['x-caller'],
);

@McpToolType()
class StaticTools {
  gate = deferred();

  constructor(private readonly deep: DeepService) {}

  @McpTool() async below(): Promise<string | undefined> {
    return this.deep.caller();
  }

  @McpTool({ concurrency: 1 })
  async queued(@Ctx() ctx: McpContext): Promise<string | undefined> {
    await this.gate.promise;
    return (ctx.request as Carrier | undefined)?.headers['x-caller'];
  }

  @McpTool() decorated(@Caller() caller: string): string {
    return caller;
  }

  @McpTool() async injected(
    @Signal() signal: AbortSignal,
    @Progress() progress: ReportProgress,
    @Ctx() ctx: McpContext,
    ctxByType: McpContext,
    @Param('input') input: string,
  ): Promise<object> {
    await progress(1, 2);
    return {
      signal: signal === ctx.signal && !signal.aborted,
      context: ctx === ctxByType && ctx === McpContext.current(),
      tool: ctx.tool.name,
      revision: ctx.peer.protocolVersion,
      client: ctx.peer.clientInfo,
      input,
    };
  }
}

class TenantStrategy {
  private readonly tenants = new Map<string, ContextId>();

  attach(contextId: ContextId, request: Carrier) {
    const tenant = request.headers['x-tenant'] ?? 'none';
    const parent = this.tenants.get(tenant) ?? ContextIdFactory.create();
    this.tenants.set(tenant, parent);
    return {
      resolve: (info: HostComponentInfo) => (info.isTreeDurable ? parent : contextId),
      payload: { tenant },
    };
  }
}

@McpToolType({ scope: Scope.REQUEST, durable: true })
class TenantTools {
  static made = 0;
  readonly number = ++TenantTools.made;
  constructor(@Inject(REQUEST) private readonly payload: { readonly tenant: string }) {}

  @McpTool() tenant(): object {
    return { tenant: this.payload.tenant, instance: this.number };
  }
}

describe.each(PLATFORMS)('the scope of a tool on %s', (platform) => {
  let running: RunningApp;
  const wires: SseWire[] = [];

  const start = async (providers: Type[], options: TestAppOptions = {}) => {
    running = await startApp({ platform, providers, ...options });
  };

  const open = async () => {
    const wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
    wires.push(wire);
    return wire;
  };

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.close();
    await running.app.close();
  });

  it('is one instance per call for a request-scoped provider, with the POST of the call as REQUEST', async () => {
    await start([RequestTools, RequestService]);
    const wire = await open();
    const first = JSON.parse(await call(wire, '1', 'whoami', { 'x-caller': 'ann' })) as {
      host: number;
      service: number;
    };
    const second = JSON.parse(await call(wire, '2', 'whoami', { 'x-caller': 'bob' })) as {
      host: number;
      service: number;
    };
    expect(first).toMatchObject({ caller: 'ann', same: true });
    expect(second).toMatchObject({
      caller: 'bob',
      same: true,
      host: first.host + 1,
      service: first.service + 1,
    });
  });

  it('depends on what is injected', async () => {
    await start([DependentTools, RequestService]);
    const wire = await open();
    await expect(call(wire, '1', 'caller', { 'x-caller': 'ann' })).resolves.toBe('ann');
    await expect(call(wire, '2', 'caller', { 'x-caller': 'bob' })).resolves.toBe('bob');
  });

  it('is one instance per tenant for a durable provider', async () => {
    ContextIdFactory.apply(new TenantStrategy());
    await start([TenantTools]);
    const wire = await open();
    const ask = async (id: string, tenant: string) =>
      JSON.parse(await call(wire, id, 'tenant', { 'x-tenant': tenant })) as {
        tenant: string;
        instance: number;
      };
    const [a, b, again] = [await ask('1', 'a'), await ask('2', 'b'), await ask('3', 'a')];
    expect([a.tenant, b.tenant, again.tenant]).toEqual(['a', 'b', 'a']);
    expect(b.instance).not.toBe(a.instance);
    expect(again.instance).toBe(a.instance);
  });

  it('reaches services below the tool through McpContext.current(), a separate one for each call', async () => {
    await start([StaticTools, DeepService]);
    const pairs = await Promise.all(
      Array.from({ length: 10 }, async (_, number) => {
        const wire = await open();
        return [await call(wire, 'x', 'below', { 'x-caller': `c${number}` }), `c${number}`];
      }),
    );
    for (const [seen, caller] of pairs) expect(seen).toBe(caller);
    expect(McpContext.current()).toBeUndefined();
  });

  it('keeps the POST of a queued call', async () => {
    await start([StaticTools, DeepService]);
    const wire = await open();
    const answers = ['ann', 'bob', 'eve'].map((caller) =>
      call(wire, caller, 'queued', { 'x-caller': caller }),
    );
    await wire.call('all in', 'ping');
    running.app.get(StaticTools).gate.resolve();
    await expect(Promise.all(answers)).resolves.toEqual(['ann', 'bob', 'eve']);
  });

  it.each(['direct', 'through Nest, with a guard'])(
    'passes signal, progress and context to a tool called %s',
    async (way) => {
      await start([StaticTools, DeepService], {
        ...(way !== 'direct' && {
          configure: (app) => app.useGlobalGuards({ canActivate: () => true }),
        }),
      });
      const wire = await open();
      const text = await call(wire, '1', 'injected', {}, { input: 'x' });
      expect(JSON.parse(text)).toEqual({
        signal: true,
        context: true,
        tool: 'injected',
        revision: '2025-11-25',
        client: { name: 'wire', version: '1' },
        input: 'x',
      });
    },
  );

  it("reads the application's own parameter decorators from the POST of the call", async () => {
    await start([StaticTools, DeepService]);
    const wire = await open();
    await expect(call(wire, '1', 'decorated', { 'x-caller': 'ann' })).resolves.toBe('ann');
  });
});

async function call(
  wire: SseWire,
  id: string,
  name: string,
  headers: Record<string, string>,
  args = {},
) {
  await wire.post(
    { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } },
    headers,
  );
  const { result } = await wire.answer(id);
  return (result as { content: [{ text: string }] }).content[0].text;
}
