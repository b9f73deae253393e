import {
  type DynamicModule,
  type INestApplication,
  Module,
  type ModuleMetadata,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  McpModule,
  type McpModuleOptions,
  McpTool,
  McpToolType,
  type McpServerOptions,
} from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';

@McpToolType()
class A {
  @McpTool()
  a(): void {}
}
@McpToolType()
class B {
  @McpTool()
  b(): void {}
}
@McpToolType({ server: 'admin' })
class Named {
  @McpTool()
  named(): void {}
}
@McpToolType()
class UnnamedHeir extends Named {}
class PlainHeir extends Named {}

@Module({ providers: [A] })
class ModuleA {}
@Module({ providers: [B, Named], imports: [ModuleA] })
class ModuleB {
  static forRoot(): DynamicModule {
    return { module: ModuleB };
  }
}

type Options = Partial<McpModuleOptions & McpServerOptions>;
const server = ({ server: name, ...options }: Options = {}) =>
  McpModule.forRoot({ server: name, name: 'x', version: '1', path: name ?? '', ...options });
const admin = (options: Options = {}) => server({ server: 'admin', ...options });
const other = (options: Options = {}) => server({ server: 'other', ...options });
const listed = (tools: (typeof A | typeof B | typeof Named)[], name?: string | string[]) =>
  McpModule.forFeature({ tools, server: name });

/** The names of the tools of each server. */
type Tools = Record<string, string[]>;

const CASES: readonly [string, ModuleMetadata, Tools][] = [
  [
    'the default server has the tools that belong to no other server',
    { imports: [server(), admin(), ModuleB] },
    { default: ['a', 'b'], admin: ['named'] },
  ],
  [
    'the only server has everything, under any name',
    { imports: [admin(), ModuleB] },
    { admin: ['a', 'b', 'named'] },
  ],
  [
    'a listed class is on its listed servers, and not on the default server',
    { imports: [server(), admin(), ModuleB, listed([B], 'admin')] },
    { default: ['a'], admin: ['b', 'named'] },
  ],
  [
    'a class may be listed for several servers, and name another',
    { imports: [server(), admin(), other(), ModuleB, listed([Named], ['other', 'default'])] },
    { default: ['a', 'b', 'named'], admin: ['named'], other: ['named'] },
  ],
  [
    'a class that is listed without a server is on the default server',
    { imports: [server(), admin(), ModuleB, listed([Named, B])] },
    { default: ['a', 'b', 'named'], admin: ['named'] },
  ],
  [
    'included modules are on the servers that include them, and not on the default server',
    { imports: [server(), other({ include: [ModuleB] }), admin(), ModuleB] },
    { default: ['a'], other: ['b'], admin: ['named'] },
  ],
  [
    'several servers may include the same module',
    {
      imports: [
        server({ include: [ModuleA] }),
        other({ include: [ModuleA, ModuleB] }),
        ModuleB,
        admin(),
      ],
    },
    { default: ['a'], other: ['a', 'b'], admin: ['named'] },
  ],
  [
    'a server that includes modules has no tools of other modules',
    { imports: [admin({ include: [ModuleA] }), ModuleB] },
    { admin: ['a', 'named'] },
  ],
  [
    'a dynamic module is included by its class',
    { imports: [admin({ include: [ModuleB] }), ModuleB.forRoot()] },
    { admin: ['b', 'named'] },
  ],
  [
    'excluded modules have no tools on a server, however they were assigned',
    {
      imports: [
        server({ exclude: [ModuleA] }),
        admin({ exclude: [ModuleB], include: [ModuleB] }),
        ModuleB,
      ],
    },
    { default: [], admin: [] },
  ],
  [
    'a subclass with its own @McpToolType() names its server, and another one has that of its parent',
    {
      imports: [server(), admin()],
      providers: [{ provide: 'x', useClass: PlainHeir }, UnnamedHeir],
    },
    { default: ['named'], admin: ['named'] },
  ],
  [
    'an alias counts once, on each server',
    {
      imports: [server(), admin(), listed([A], ['default', 'admin'])],
      providers: [
        A,
        { provide: 'alias', useExisting: A },
        { provide: 'made', useFactory: (a: A) => a, inject: [A] },
      ],
    },
    { default: ['a'], admin: ['a'] },
  ],
  [
    'a class that is provided under the token of a listed class is listed with it',
    {
      imports: [server(), admin(), listed([A], 'admin')],
      providers: [{ provide: A, useClass: B }],
    },
    { default: [], admin: ['b'] },
  ],
];

describe('the tools that a server has', () => {
  let app: INestApplication;

  afterEach(() => app.close());

  it.each(CASES)('%s', async (_, module, tools) => {
    app = (await Test.createTestingModule(module).compile()).createNestApplication();
    const found: Tools = {};
    for (const name of Object.keys(tools)) {
      const client = await McpTestClient.over(app, 'sse', { server: name });
      const hasTools = client.sdk.getServerCapabilities()?.tools !== undefined;
      const list = hasTools ? await client.listTools() : [];
      found[name] = list.map((tool) => tool.name).toSorted();
      await client.close();
    }
    expect(found).toEqual(tools);
  });
});
