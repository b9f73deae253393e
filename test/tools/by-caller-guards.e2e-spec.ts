import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  Scope,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  McpContext,
  McpExecutionContext,
  McpModule,
  McpRegistry,
  McpTool,
  McpToolType,
  McpVisibility,
} from '@nestmcp/core';
import { McpTestClient, TestUserGuard } from '@nestmcp/testing';
import { deferred } from '../support/deferred.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { answerOf } from '../support/wire/stateless-wire.js';
import { namesFor } from '../support/fixtures/visibility.js';

/** Sends the client all it can, and hides the tool. */
@McpVisibility()
class Talkative implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!McpExecutionContext.isMcp(context)) return true;
    McpContext.current()?.log.error('checking');
    await McpContext.current()?.progress(1);
    return (await McpContext.current()?.closeStream()) ?? true;
  }
}

@McpVisibility()
class Undecided implements CanActivate {
  canActivate(): Promise<boolean> {
    return new Promise(() => undefined);
  }
}

@McpVisibility()
@Injectable()
class SignedIn implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@McpVisibility()
@Injectable({ scope: Scope.REQUEST })
class ScopedSignedIn extends SignedIn {}

const toolsBehind = (guard: Type<CanActivate>): Type => {
  @McpToolType()
  @UseGuards(guard)
  class Tools {
    @McpTool()
    secret(): string {
      return 'secret';
    }
  }
  return Tools;
};

describe('a guard that decides which callers see a tool', () => {
  const { start, connect } = harness('express');

  it('cannot reveal to the client the tool that it hides', async () => {
    await start({ providers: [toolsBehind(Talkative)] });
    const client = await connect();
    await client.wire.call('level', 'logging/setLevel', { level: 'debug' });
    const before = client.wire.messages.length;
    const params = { _meta: { progressToken: 'p' } };
    expect(await namesFor(client, 'l', {}, params)).toEqual([]);
    expect(client.wire.messages.length - before).toBe(1);
    expect(await client.call('secret')).toMatchObject({ code: -32602 });
    expect(client.wire.messages.length - before).toBe(2);
  });

  it('keeps a list private when its tool is removed while the guard is asked', async () => {
    const [asked, verdict] = [deferred(), deferred()];
    @McpVisibility()
    class Slow implements CanActivate {
      canActivate(): Promise<boolean> {
        asked.resolve();
        return verdict.promise.then(() => true);
      }
    }
    const { app, url } = await start({
      providers: [toolsBehind(Slow)],
      mcp: { cache: { scope: 'public', ttl: '1m' } },
    });
    const answer = answerOf(url, { method: 'tools/list' });
    await asked.promise;
    app.get(McpRegistry).remove('secret');
    verdict.resolve();
    expect((await answer).result).toMatchObject({
      tools: [{ name: 'secret' }],
      cacheScope: 'private',
    });
  });

  it("hides the tool when it does not decide before the call's deadline", async () => {
    await start({ providers: [toolsBehind(Undecided)], mcp: { timeout: '20ms' } });
    const client = await connect();
    expect(await namesFor(client, 'l')).toEqual([]);
    expect(await client.call('secret')).toMatchObject({ code: -32602 });
    await client.expectIntact();
  });
});

describe.each([
  ['static', SignedIn],
  ['request-scoped', ScopedSignedIn],
])('a %s guard that decides which callers see a tool, and is overridden in a test', (_, guard) => {
  let app: INestApplication;
  let client: McpTestClient | undefined;

  afterEach(async () => {
    await client?.close();
    await app.close();
  });

  const clients = async (providers: readonly Type[], addTool = false) => {
    const server = McpModule.forRoot({ name: 'test', version: '1' });
    const builder = Test.createTestingModule({ imports: [server], providers: [...providers] });
    // Nest treats a guard that is a provider as one; any other guard belongs to the classes that bind it.
    const overridden = addTool ? builder.overrideProvider(guard) : builder.overrideGuard(guard);
    const testing = await overridden.useClass(TestUserGuard).compile();
    app = testing.createNestApplication();
    await app.init();
    if (addTool)
      app
        .get(McpRegistry)
        .tool('secret')
        .decorate(UseGuards(guard))
        .handle(() => 'secret');
    const nobody = await McpTestClient.connect(app);
    client = nobody;
    return { nobody, ann: await nobody.as({ id: 'ann' }) };
  };

  it.each([
    ['decorated', [toolsBehind(guard)], false],
    ['added at run time', [guard], true],
  ])('hides like its replacement: for a tool that is %s', async (__, providers, addTool) => {
    const { nobody, ann } = await clients(providers, addTool);
    await ann.listTools().expectOnly('secret');
    await ann.callTool('secret', {}).expectText('secret');
    await nobody.listTools().expectNone('secret');
    await nobody.callTool('secret', {}).expectProtocolError(-32602);
  });
});
