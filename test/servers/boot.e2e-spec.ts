import { Injectable, Module, type ModuleMetadata } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  McpBootException,
  McpModule,
  type McpModuleOptions,
  McpTool,
  McpToolType,
  type McpServerOptions,
} from '@nestmcp/core';

@McpToolType()
class PlainTools {
  @McpTool()
  plain(): void {}
}

@McpToolType({ server: ['admin', 'lost'] })
class LostTools {
  @McpTool()
  lost(): void {}
}

@McpToolType({ server: [] })
class NowhereTools {
  @McpTool()
  nowhere(): void {}
}

@McpToolType({ server: ['admin', 'other'] })
class FaultyTools {
  @McpTool({ name: 'not a name' })
  faulty(): void {}
}

@Injectable()
class NoTools {}

@Module({})
class AbsentModule {}

const server = (options: Partial<McpModuleOptions & McpServerOptions>) =>
  McpModule.forRoot({
    name: 'one',
    version: '1',
    transports: { streamableHttp: false },
    ...options,
  });
const ADMIN = server({ server: 'admin', path: 'admin', name: 'the admin server' });
const OTHER = server({ server: 'other', path: 'other', name: 'the other server' });

/** The boot error of an application with these modules and providers. Undefined when it starts. */
async function problemsOf(module: ModuleMetadata, prefix = ''): Promise<readonly string[]> {
  const app = (await Test.createTestingModule(module).compile()).createNestApplication();
  app.setGlobalPrefix(prefix);
  const thrown: unknown = await app.init().catch((error: unknown) => error);
  await app.close();
  if (thrown instanceof Error && !(thrown instanceof McpBootException)) throw thrown;
  return thrown instanceof McpBootException ? thrown.problems : [];
}

const FAULTS: readonly [string, ModuleMetadata, RegExp][] = [
  [
    'two servers with the same name',
    { imports: [ADMIN, server({ server: 'admin', path: 'x', name: 'another' })] },
    /^MCP030 two servers are 'admin': "the admin server" and "another"/,
  ],
  [
    'two servers without a name',
    { imports: [server({}), server({ path: 'x', name: 'two' })] },
    /^MCP030 two servers are 'default': "one" and "two"/,
  ],
  [
    'two servers at one path',
    { imports: [ADMIN, server({ path: '/Admin/', transports: { sse: { messagesPath: 'in' } } })] },
    /^MCP031 .*\/admin\/sse of the server 'admin' and \/Admin\/sse of the server 'default'/,
  ],
  [
    'the messages of one server where the other has its stream',
    { imports: [ADMIN, server({ transports: { sse: { messagesPath: 'admin/sse' } } })] },
    /^MCP031 .*\/admin\/sse of the server 'admin' and \/admin\/sse of the server 'default'/,
  ],
  [
    'a parameter instead of a path',
    { imports: [ADMIN, server({ path: ':any', transports: { sse: { messagesPath: 'in' } } })] },
    /^MCP031 .*\/admin\/sse of the server 'admin' and \/:any\/sse of the server 'default'/,
  ],
  [
    'two endpoints of one server that match the same URL',
    { imports: [server({ transports: { sse: { path: 'x/:id', messagesPath: ':id/y' } } })] },
    /^MCP031 .*\/x\/:id of the server 'default' and \/:id\/y of the server 'default'/,
  ],
  [
    'a class of a server that does not exist',
    { imports: [ADMIN, server({})], providers: [LostTools] },
    /^MCP032 LostTools .* 'lost' by @McpToolType\(\), .* There are: 'admin', 'default'\./,
  ],
  [
    'a listed class of a server that does not exist',
    {
      imports: [server({}), McpModule.forFeature({ tools: [PlainTools], server: 'lost' })],
      providers: [PlainTools],
    },
    /^MCP032 PlainTools .* 'lost' by McpModule\.forFeature\(\)/,
  ],
  [
    'a class that belongs to none of several servers',
    { imports: [ADMIN, OTHER], providers: [PlainTools] },
    /^MCP033 PlainTools belongs to no server.* there are: 'admin', 'other'\./,
  ],
  [
    'a class whose list of servers is empty, beside a default server',
    { imports: [server({})], providers: [NowhereTools] },
    /^MCP033 NowhereTools .* @McpToolType\(\) assigns it to an empty list/,
  ],
  [
    'a class that forFeature() lists for no server, beside a default server',
    {
      imports: [server({}), McpModule.forFeature({ tools: [PlainTools], server: [] })],
      providers: [PlainTools],
    },
    /^MCP033 PlainTools .* McpModule\.forFeature\(\) assigns it to an empty list/,
  ],
  [
    'a listed class that belongs to none of several servers',
    {
      imports: [ADMIN, OTHER, McpModule.forFeature({ tools: [PlainTools] })],
      providers: [PlainTools],
    },
    /^MCP033 PlainTools belongs to no server/,
  ],
  [
    'a listed class that no module provides',
    { imports: [server({}), McpModule.forFeature({ tools: [PlainTools] })] },
    /^MCP034 .* lists PlainTools, but no module provides it\. Put it into the providers/,
  ],
  [
    'a listed class without tools',
    { imports: [server({}), McpModule.forFeature({ tools: [NoTools] })], providers: [NoTools] },
    /^MCP035 .* lists NoTools, which is not marked\. Put @McpToolType\(\) on it/,
  ],
  [
    'an included module that does not exist',
    { imports: [server({ include: [AbsentModule] })] },
    /^MCP036 the server 'default' includes AbsentModule/,
  ],
  [
    'a list without a server',
    { imports: [McpModule.forFeature({ tools: [PlainTools] })], providers: [PlainTools] },
    /^MCP038 .* Import McpModule\.forRoot\(\)/,
  ],
];

describe('an application with several servers', () => {
  it.each(FAULTS)('does not start with %s', async (_, module, words) => {
    expect(await problemsOf(module)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    ['a global prefix', [ADMIN], 'api/*rest'],
    [
      'the path of a RouterModule',
      [ADMIN, RouterModule.register([{ path: 'v:major', module: McpModule }])],
      '',
    ],
  ])(
    'does not start with a pattern in %s, which gates cannot match',
    async (_, imports, prefix) => {
      const problems = await problemsOf({ imports }, prefix);
      expect(problems).toHaveLength(2);
      for (const problem of problems) expect(problem).toMatch(/^MCP037 \/.* of the server 'admin'/);
    },
  );

  it('reports the errors of all servers at once, and each error once', async () => {
    const problems = await problemsOf({
      imports: [ADMIN, OTHER, server({ server: 'third', path: 'other' })],
      providers: [LostTools, FaultyTools, PlainTools],
    });
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual([
      'MCP031',
      'MCP031',
      'MCP032',
      'MCP033',
      'MCP003',
    ]);
  });

  it.each(['', 'two words', 'admin/x', ':id', 'größe'])(
    'refuses %p for the name of a server',
    async (name) => {
      expect(await problemsOf({ imports: [server({ server: name })] })).toEqual([
        expect.stringMatching(/^MCP020 .* server must be a name of letters/),
      ]);
    },
  );

  it('starts with servers whose paths only look alike', async () => {
    const imports = [
      ADMIN,
      server({ server: 'a', path: 'admin/sse' }),
      server({ server: 'b', path: 'tenants/:id' }),
      server({ server: 'c', path: 'tenants/:id/more' }),
      server({ server: 'd', path: 'admin', transports: { sse: false } }),
    ];
    await expect(problemsOf({ imports })).resolves.toEqual([]);
  });
});
