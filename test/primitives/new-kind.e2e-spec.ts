import { Module, UseGuards } from '@nestjs/common';
import {
  getMcpToken,
  McpContext,
  McpExecutionContext,
  McpModule,
  McpTool,
  McpToolType,
  Param,
} from '@nestmcp/core';
import { startApp, PLATFORMS } from '../support/app/test-app.js';
import {
  EchoPrompt,
  EchoPromptType,
} from '../support/fixtures/echo-prompts/echo-prompt.decorator.js';
import { EchoPromptRegistry } from '../support/fixtures/echo-prompts/echo-prompt.registry.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { Public, Roles, RolesGuard } from '../support/fixtures/pipeline/roles.js';
import type { ToolClient } from '../support/fixtures/pipeline/tool-client.js';
import { RolesVisibility } from '../support/fixtures/visibility.js';
import { post } from '../support/wire/sse-wire.js';
import { statelessRequest, streamStateless } from '../support/wire/stateless-request.js';

// The line that a new kind of primitive adds to features/index.ts.
jest.mock('../../libs/core/src/features/index.js', () => {
  const { FEATURES } = jest.requireActual<object & { FEATURES: object[] }>(
    '../../libs/core/src/features/index.js',
  );
  const { ECHO_PROMPTS } = jest.requireActual<{ ECHO_PROMPTS: object }>(
    '../support/fixtures/echo-prompts/echo-prompts.providers.js',
  );
  return { FEATURES: [...FEATURES, ECHO_PROMPTS] };
});

@EchoPromptType()
class Prompts {
  @EchoPrompt({ description: 'Says hello' })
  hello(@Param('to') to: string): object {
    return { text: `Hello, ${to}` };
  }

  @EchoPrompt()
  @Roles('admin')
  secretPlan(ctx: McpContext): object {
    const { kind, name, where } = ctx.primitive;
    return { kind, name, where };
  }
}

@McpToolType()
class Tools {
  @McpTool()
  @Public()
  echo(): string {
    return 'tool';
  }
}

interface Listed {
  readonly result: {
    readonly echoPrompts: readonly { readonly name: string }[];
    readonly nextCursor?: string;
  };
}

const ADMIN = { 'x-roles': 'admin' };
let ids = 0;

async function ask(
  client: ToolClient,
  method: string,
  params: object = {},
  headers: Record<string, string> = {},
): Promise<object> {
  const id = `${method} ${++ids}`;
  await client.post({ jsonrpc: '2.0', id, method, params }, headers);
  return client.wire.answer(id);
}

async function namesFor(client: ToolClient, headers?: Record<string, string>): Promise<string[]> {
  const { result } = (await ask(client, 'echoPrompts/list', {}, headers)) as Listed;
  return result.echoPrompts.map(({ name }) => name);
}

describe.each(PLATFORMS)('a new kind of primitive, on %s', (platform) => {
  const { start, connect } = harness(platform);

  it('is discovered, listed and called beside tools', async () => {
    await start({ providers: [Prompts, Tools] });
    const client = await connect();
    expect(await ask(client, 'echoPrompts/list')).toMatchObject({
      result: {
        echoPrompts: [{ name: 'hello', description: 'Says hello' }, { name: 'secret_plan' }],
      },
    });
    const params = { name: 'hello', arguments: { to: 'you' } };
    expect(await ask(client, 'echoPrompts/get', params)).toMatchObject({
      result: { messages: [{ text: 'Hello, you' }] },
    });
    expect(await ask(client, 'echoPrompts/get', { name: 'secret_plan' })).toMatchObject({
      result: {
        messages: [{ kind: 'echo prompt', name: 'secret_plan', where: 'Prompts.secretPlan()' }],
      },
    });
    expect((await client.call('echo')).text).toBe('tool');
    expect(await ask(client, 'echoPrompts/get', { name: 'echo' })).toMatchObject({
      error: { code: -32602, message: "Unknown echo prompt: 'echo'" },
    });
  });

  it('is guarded like a tool', async () => {
    const asked: string[] = [];
    class Recording extends RolesGuard {
      override canActivate(...[context]: Parameters<RolesGuard['canActivate']>): boolean {
        if (!McpExecutionContext.isMcp(context)) return true;
        const { kind, name } = McpExecutionContext.create(context).getPrimitive();
        asked.push(`${kind} ${name}`);
        return super.canActivate(context);
      }
    }
    @EchoPromptType()
    @UseGuards(Recording)
    class Guarded extends Prompts {
      @EchoPrompt()
      override hello(@Param('to') to: string): object {
        return super.hello(to);
      }
    }
    await start({ providers: [Guarded, Recording] });
    const client = await connect();
    const params = { name: 'hello', arguments: { to: 'you' } };
    expect(await ask(client, 'echoPrompts/get', params)).toHaveProperty('error');
    expect(await ask(client, 'echoPrompts/get', params, { 'x-roles': 'any' })).toMatchObject({
      result: { messages: [{ text: 'Hello, you' }] },
    });
    expect(asked).toEqual(['echo prompt hello', 'echo prompt hello']);
  });

  it('is hidden from callers that may not see it', async () => {
    await start({
      providers: [Prompts, RolesVisibility],
      configure: (app) => app.useGlobalGuards(app.get(RolesVisibility)),
    });
    const client = await connect();
    expect(await namesFor(client)).toEqual(['hello']);
    expect(await namesFor(client, ADMIN)).toEqual(['hello', 'secret_plan']);
    expect(await ask(client, 'echoPrompts/get', { name: 'secret_plan' })).toMatchObject({
      error: { code: -32602, message: "Unknown echo prompt: 'secret_plan'" },
    });
  });

  it('is listed in pages whose cursors are not those of tools', async () => {
    await start({ providers: [Prompts, Tools], mcp: { pageSize: 1 } });
    const client = await connect();
    const first = (await ask(client, 'echoPrompts/list')) as Listed;
    const { nextCursor: cursor } = first.result;
    expect(first.result.echoPrompts).toHaveLength(1);
    expect(await ask(client, 'echoPrompts/list', { cursor })).toMatchObject({
      result: { echoPrompts: [{ name: 'secret_plan' }] },
    });
    expect(await ask(client, 'tools/list', { cursor })).toMatchObject({ error: { code: -32602 } });
  });

  it('is edited at run time, and clients are notified once for each edit', async () => {
    const { app } = await start({ providers: [Prompts, Tools, RolesGuard] });
    const registry = app.get(EchoPromptRegistry);
    const client = await connect();
    const changes = () =>
      client.wire.messages.map(({ method }) => method).filter((name) => name !== undefined);
    registry.edit((prompts) => {
      prompts.add('added', () => ({ text: 'added' }), UseGuards(RolesGuard));
      prompts.replace('hello', () => ({ text: 'replaced' }));
      prompts.disable('secret_plan');
    });
    expect(await namesFor(client)).toEqual(['hello', 'added']);
    expect(changes()).toEqual(['notifications/echoPrompts/list_changed']);
    expect(await ask(client, 'echoPrompts/get', { name: 'hello' })).toMatchObject({
      result: { messages: [{ text: 'replaced' }] },
    });
    expect(await ask(client, 'echoPrompts/get', { name: 'added' })).toHaveProperty('error');
    expect(await ask(client, 'echoPrompts/get', { name: 'added' }, ADMIN)).toMatchObject({
      result: { messages: [{ text: 'added' }] },
    });
    expect(() => registry.remove('nothing')).toThrow(/MCP041.*no such echo prompt/);
    expect(() => registry.add('added', () => ({}))).toThrow(/MCP001 the echo prompt "added"/);
  });

  it('announces its changes to listeners of 2026-07-28 under its own name', async () => {
    const { app, url } = await start({ providers: [Prompts, Tools] });
    const notifications = { toolsListChanged: false, echoPromptsListChanged: true };
    const method = 'subscriptions/listen';
    const stream = await streamStateless(url, { id: 'l', method, params: { notifications } });
    const methods = () => stream.messages.map((message) => message.method);
    const received = (name: string) => stream.until(() => methods().includes(name) || undefined);
    await received('notifications/subscriptions/acknowledged');
    app.get(EchoPromptRegistry).disable('hello');
    await received('notifications/echoPrompts/list_changed');
    stream.close();
  });
});

describe('the mistakes of a new kind of primitive', () => {
  it('are in the boot report, under its own decorators', async () => {
    class Unmarked {
      @EchoPrompt()
      lost(): void {}
    }
    @EchoPromptType()
    class Wrong {
      @EchoPrompt({ name: 'no spaces', timeout: 'soon' as never })
      named(): void {}

      @EchoPrompt({ descripton: 'typed wrong' } as never)
      typed(): void {}

      @EchoPrompt({ name: 'typed' })
      twice(): void {}
    }
    const report = await startApp({ providers: [Unmarked, Wrong] }).catch(String);
    expect(report).toContain(
      'MCP002 Unmarked.lost() is decorated with @EchoPrompt(), but its class is not marked. Put @EchoPromptType() on Unmarked.',
    );
    expect(report).toContain('MCP003 Wrong.named() is named "no spaces". A name has');
    expect(report).toContain('MCP015 Wrong.named()');
    expect(report).toContain('did you mean `description`?');
    expect(report).toContain('MCP001 two echo prompts are named "typed"');
  });
});

describe('several servers with a new kind of primitive', () => {
  @EchoPromptType({ server: 'admin' })
  class AdminPrompts {
    @EchoPrompt()
    restart(): object {
      return { text: 'restarted' };
    }
  }
  @EchoPromptType()
  class ListedPrompts {
    @EchoPrompt()
    listed(): object {
      return {};
    }
  }
  const options = { version: '1', name: 'x' };

  it('have their own', async () => {
    @Module({
      imports: [
        McpModule.forRoot({ ...options, server: 'admin', path: 'admin' }),
        McpModule.forFeature({ echoPrompts: [ListedPrompts], server: 'admin' } as never),
      ],
      providers: [Prompts, AdminPrompts, ListedPrompts],
    })
    class AdminModule {}
    const { app, url } = await startApp({ imports: [AdminModule] });
    try {
      const names = async (path: string): Promise<string[]> => {
        const { headers, body } = statelessRequest({ method: 'echoPrompts/list' });
        const answered = await post(new URL(path, url), body, headers);
        const { result } = JSON.parse(answered.body) as Listed;
        return result.echoPrompts.map(({ name }) => name);
      };
      expect(await names('/mcp')).toEqual(['hello', 'secret_plan']);
      expect(await names('/admin/mcp')).toEqual(['restart', 'listed']);
      const registry = app.get<EchoPromptRegistry>(getMcpToken(EchoPromptRegistry, 'admin'));
      registry.remove('restart');
      expect(await names('/admin/mcp')).toEqual(['listed']);
    } finally {
      await app.close();
    }
  });
});
