import { type INestApplication, Injectable, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  getMcpToken,
  InjectMcp,
  McpCallStatistics,
  McpContext,
  McpEndpoints,
  McpModule,
  type McpModuleOptions,
  type McpOptionsFactory,
  McpTool,
  McpToolType,
} from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';

@Injectable()
class OptionsFactory implements McpOptionsFactory {
  createMcpOptions(): McpModuleOptions {
    return { name: 'made', version: '1', path: 'admin' };
  }
}
@Module({ providers: [OptionsFactory], exports: [OptionsFactory] })
class OptionsModule {}

@McpToolType({ server: 'admin' })
class LateTools {
  @McpTool({ timeout: '10ms' })
  async late({ signal }: McpContext): Promise<void> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
}

/** A provider in a module that imports nothing. */
@Injectable()
class Reader {
  constructor(
    readonly endpoints: McpEndpoints,
    readonly calls: McpCallStatistics,
    @InjectMcp(McpEndpoints, 'admin') readonly adminEndpoints: McpEndpoints,
    @InjectMcp(McpCallStatistics, 'admin') readonly adminCalls: McpCallStatistics,
  ) {}
}
@Module({ providers: [Reader] })
class FarModule {}

const DEFAULT = McpModule.forRoot({ name: 'default', version: '1' });
const start = async (
  ...imports: NonNullable<Parameters<typeof Test.createTestingModule>[0]['imports']>
) => {
  const testing = await Test.createTestingModule({ imports, providers: [LateTools] }).compile();
  const app = testing.createNestApplication();
  await app.init();
  return app;
};

describe('the exports of a server', () => {
  let app: INestApplication | undefined;
  let client: McpTestClient | undefined;

  afterEach(async () => {
    await client?.close();
    await app?.close();
    [app, client] = [undefined, undefined];
  });

  it.each([
    ['forRoot', McpModule.forRoot({ server: 'admin', ...new OptionsFactory().createMcpOptions() })],
    [
      'useFactory',
      McpModule.forRootAsync({
        server: 'admin',
        imports: [OptionsModule],
        inject: [OptionsFactory],
        useFactory: async (factory: OptionsFactory) => factory.createMcpOptions(),
      }),
    ],
    ['useClass', McpModule.forRootAsync({ server: 'admin', useClass: OptionsFactory })],
    [
      'useExisting',
      McpModule.forRootAsync({
        server: 'admin',
        imports: [OptionsModule],
        useExisting: OptionsFactory,
      }),
    ],
  ])('are injected anywhere, when options come from %s', async (_, admin) => {
    app = await start(FarModule, DEFAULT, admin);
    const { endpoints, adminEndpoints } = app.get(Reader, { strict: false });
    expect([endpoints.ssePath, adminEndpoints.ssePath]).toEqual(['/sse', '/admin/sse']);
  });

  const ADMIN = McpModule.forRootAsync({ server: 'admin', useClass: OptionsFactory });

  it('are separate for each server, and count its own sessions and calls', async () => {
    app = await start(FarModule, ADMIN, DEFAULT);
    client = await McpTestClient.over(app, 'sse', { server: 'admin' });
    await expect(client.callText('late')).rejects.toThrow('timed out');
    const { calls, adminCalls } = app.get(Reader, { strict: false });
    await client.sdk.ping();
    expect([calls.lateResults, adminCalls.lateResults]).toEqual([0, 1]);
  });

  it.each([
    ['first', [DEFAULT, ADMIN]],
    ['last', [ADMIN, DEFAULT]],
  ])(
    "are the default server's by class, also when the class is imported %s",
    async (_, imports) => {
      app = await start(...imports);
      expect(app.get(McpEndpoints).ssePath).toBe('/sse');
      expect(app.get<McpEndpoints>(getMcpToken(McpEndpoints, 'admin')).ssePath).toBe('/admin/sse');
    },
  );

  it.each<[string | undefined, unknown]>([
    [undefined, McpEndpoints],
    ['default', McpEndpoints],
    ['admin', 'nestmcp:McpEndpoints:admin'],
  ])('have for the server %s the token %s', (server, token) => {
    expect(getMcpToken(McpEndpoints as Type, server)).toBe(token);
  });
});
