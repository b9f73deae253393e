import { Test } from '@nestjs/testing';
import { McpBootException, McpModule, McpTool, McpToolType } from '@nestmcp/core';
import type { McpModuleOptions } from '@nestmcp/core';

const FINE: McpModuleOptions = { name: 'x', version: '1' };

@McpToolType()
class BadTools {
  @McpTool({ name: 'not a name' })
  bad(): void {}
}

const boot = async (options: McpModuleOptions | undefined): Promise<unknown> => {
  const server = McpModule.forRootAsync({ useFactory: () => options as McpModuleOptions });
  const app = (
    await Test.createTestingModule({ imports: [server] }).compile()
  ).createNestApplication();
  const started: unknown = await app.init().then(
    () => 'started',
    (error: unknown) => error,
  );
  await app.close();
  return started;
};

describe('invalid options', () => {
  it.each([
    ['the options', undefined],
    ['name', { ...FINE, name: '' }],
    ['version', { ...FINE, version: undefined as never }],
    ['path', { ...FINE, path: 'größe' }],
    ['path', { ...FINE, path: 'tenants/v:id' }],
    ['path', { ...FINE, path: 'tenants/:id?' }],
    ['path', { ...FINE, path: 'tenants/*rest' }],
    ['include', { ...FINE, include: [undefined as never] }],
    ['exclude', { ...FINE, exclude: ['LegacyModule' as never] }],
    ['server', { ...FINE, server: 'admin' }],
    ['guard', { ...FINE, guard: [] } as McpModuleOptions],
    ['limits.stream', { ...FINE, limits: { stream: 1 } } as McpModuleOptions],
    ['limits.streams', { ...FINE, limits: { streams: Number.NaN } }],
    ['limits.bodyBytes', { ...FINE, limits: { bodyBytes: -1 } }],
    ['limits.inFlight', { ...FINE, limits: { inFlight: 0 } }],
    ['allowedHosts', { ...FINE, allowedHosts: ['https://api.example.com'] }],
    ['allowedOrigins', { ...FINE, allowedOrigins: ['https://app.example.com/'] }],
    ['allowedOrigins', { ...FINE, allowedOrigins: ['app.example.com'] }],
    ['transports.sse.path', { ...FINE, transports: { sse: { path: 'a b' } } }],
    ['transports.sse.messagesPath', { ...FINE, transports: { sse: { messagesPath: 'sse' } } }],
    ['cache.ttl', { ...FINE, cache: { ttl: 'soon' as '1s' } }],
    ['cache.ttl', { ...FINE, cache: { ttl: -1 } }],
    ['cache.scope', { ...FINE, cache: { scope: 'shared' as 'public' } }],
    ['transports.sse.messagesPath', { ...FINE, transports: { sse: { messagesPath: ':id/in' } } }],
    [
      'transports.sse.messagesPath',
      { ...FINE, path: ':id', transports: { sse: { path: ':id/sse', messagesPath: ':id/in' } } },
    ],
    ['transports.sse.endpoint', { ...FINE, transports: { sse: { endpoint: 'rel' as 'path' } } }],
    ['transports.sse.endpoint', { ...FINE, transports: { sse: { endpoint: 'https://x/?a' } } }],
    ['transports.sse.endpoint', { ...FINE, transports: { sse: { endpoint: 'https://u@x/a' } } }],
    ['transports.sse.endpoint', { ...FINE, transports: { sse: { endpoint: 'http://x//a' } } }],
    ['transports.sse.keepAlive', { ...FINE, transports: { sse: { keepAlive: 0 } } }],
  ] as const)('stop the boot, and are named: %s', async (option, options) => {
    const error = await boot(options);
    expect(error).toBeInstanceOf(McpBootException);
    expect((error as McpBootException).problems).toEqual([
      expect.stringMatching(
        new RegExp(`^MCP020 McpModule\\.forRoot\\(\\): ${option}(\\[0\\])? .+ Fix it`),
      ),
    ]);
  });

  it('are in one report, with those of other servers and with invalid tools', async () => {
    const imports = [
      McpModule.forRoot({ name: '', version: '1', timeout: 'soon' as '1s' }),
      McpModule.forRootAsync({
        server: 'admin',
        useFactory: () => ({ ...FINE, path: 'admin', limits: { stream: 5 } }) as McpModuleOptions,
      }),
    ];
    const module = await Test.createTestingModule({ imports, providers: [BadTools] }).compile();
    const error: unknown = await module.init().catch((thrown: unknown) => thrown);
    expect((error as McpBootException).problems).toEqual([
      expect.stringMatching(
        /^MCP020 McpModule\.forRoot\(\{ server: 'admin' \}\): limits\.stream is not an option; did you mean `limits\.streams`\?/,
      ),
      expect.stringMatching(/^MCP020 McpModule\.forRoot\(\): name must be/),
      expect.stringMatching(/^MCP020 McpModule\.forRoot\(\): timeout must be/),
      expect.stringMatching(/^MCP003 BadTools\.bad\(\)/),
    ]);
  });

  it('are reported all at once', async () => {
    const error = await boot({ name: '', version: '', limits: { streams: 0, jsonDepth: 0.5 } });
    expect((error as McpBootException).problems).toHaveLength(4);
  });

  it.each([
    FINE,
    { ...FINE, path: '/a/b-c_d.e~f/' },
    {
      ...FINE,
      allowedHosts: ['api.example.com:8443', '[::1]'],
      allowedOrigins: ['https://App.example.com:8443'],
    },
    { ...FINE, path: '/tenants/:id/mcp' },
    { ...FINE, transports: { sse: { path: 'a/:id/sse', messagesPath: ':id/b' } } },
    { ...FINE, transports: { sse: false } },
    { ...FINE, transports: { sse: { endpoint: 'https://example.com/a/b/' } } } as const,
    { ...FINE, cache: { ttl: '5m', scope: 'public' } as const },
  ])('are distinguished from valid ones: %j', async (options) => {
    await expect(boot(options)).resolves.toBe('started');
  });
});
