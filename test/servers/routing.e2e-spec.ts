import { Module, type Type, VersioningType } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { McpContext, McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { SseWire } from '../support/wire/sse-wire.js';
import {
  PLATFORMS,
  type RunningApp,
  startApp,
  type TestAppOptions,
} from '../support/app/test-app.js';

@McpToolType({ server: ['default', 'admin', 'tenants'] })
class WhereTools {
  @McpTool()
  where(ctx: McpContext): string {
    return JSON.stringify(ctx.params);
  }
}

@Module({})
class OwnMcp extends McpModule {}

const IDENTITY = { name: 'x', version: '1' };
const servers = (Admin: Type & Pick<typeof McpModule, 'forRoot'> = McpModule) => [
  Admin.forRoot({ ...IDENTITY, server: 'admin', path: 'admin' }),
  McpModule.forRoot({
    ...IDENTITY,
    server: 'tenants',
    path: 'tenants/:id',
    transports: { sse: { path: 'out/:room/sse', messagesPath: 'in/:room' } },
  }),
];

interface Route {
  readonly name: string;
  readonly options: TestAppOptions;
  /** The requested path of each stream, the path of its messages, and what tools read of it. */
  readonly streams: readonly (readonly [sse: string, messages: string, params: object])[];
}

const below = (path: string, params = {}): Route['streams'] => [
  [`${path}/sse`, `${path}/messages`, params],
  [`${path}/admin/sse`, `${path}/admin/messages`, params],
  [
    `${path}/tenants/b%6Cue/out/2/sse`,
    `${path}/tenants/b%6Cue/in/2`,
    { ...params, id: 'blue', room: '2' },
  ],
];

const ROUTES: readonly Route[] = [
  { name: 'by default', options: { imports: servers() }, streams: below('') },
  {
    name: 'under a global prefix and URI versioning',
    options: {
      imports: servers(),
      configure: (app) =>
        app
          .setGlobalPrefix('api')
          .enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    },
    streams: below('/api'),
  },
  {
    name: 'under a global prefix with a parameter, and header versioning',
    options: {
      imports: servers(),
      configure: (app) =>
        app
          .setGlobalPrefix('api/:region')
          .enableVersioning({ type: VersioningType.HEADER, header: 'v', defaultVersion: '1' }),
    },
    streams: below('/api/eu', { region: 'eu' }),
  },
  {
    name: 'below the path of a RouterModule',
    options: {
      imports: [...servers(), RouterModule.register([{ path: 'ai/:lab', module: McpModule }])],
    },
    streams: below('/ai/x', { lab: 'x' }),
  },
  {
    name: 'with a subclass of the module below a path of its own',
    options: {
      imports: [
        ...servers(OwnMcp),
        RouterModule.register([
          { path: 'ai', module: McpModule },
          { path: 'own', module: OwnMcp },
        ]),
      ],
    },
    streams: [
      ['/ai/sse', '/ai/messages', {}],
      ['/own/admin/sse', '/own/admin/messages', {}],
      ['/ai/tenants/blue/out/2/sse', '/ai/tenants/blue/in/2', { id: 'blue', room: '2' }],
    ],
  },
];

describe.each(PLATFORMS)('the routes of several servers, on %s', (platform) => {
  let running: RunningApp;
  const wires: SseWire[] = [];

  afterEach(async () => {
    for (const wire of wires.splice(0)) wire.close();
    await running.app.close();
  });

  it.each(ROUTES)('work $name', async ({ options, streams }) => {
    running = await startApp({ platform, providers: [WhereTools], ...options });
    for (const [sse, messages, params] of streams) {
      const wire = await SseWire.open(new URL(sse, running.url));
      wires.push(wire);
      expect((await wire.endpoint()).pathname).toBe(messages);
      await wire.initialize();
      const { result } = await wire.call(1, 'tools/call', { name: 'where' });
      const [{ text = '' } = {}] = (result as { content: { text?: string }[] }).content;
      expect(JSON.parse(text)).toEqual(params);
      await expect(wire.post('{')).resolves.toMatchObject({ status: 400 });
    }
  });
});
