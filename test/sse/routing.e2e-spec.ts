import { type INestApplication, Module, RequestMethod, VersioningType } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { McpModule } from '@nestmcp/core';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { post, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp, type TestAppOptions } from '../support/app/test-app.js';

interface Route {
  readonly name: string;
  readonly options: TestAppOptions;
  readonly sse: string;
  readonly messages: string;
}

const ROUTES: readonly Route[] = [
  { name: 'by default', options: {}, sse: '/sse', messages: '/messages' },
  {
    name: 'under a global prefix',
    options: { configure: (app) => app.setGlobalPrefix('api/v0') },
    sse: '/api/v0/sse',
    messages: '/api/v0/messages',
  },
  {
    name: 'with the stream excluded from the global prefix',
    options: {
      configure: (app) =>
        app.setGlobalPrefix('api', { exclude: [{ path: 'sse', method: RequestMethod.GET }] }),
    },
    sse: '/sse',
    messages: '/api/messages',
  },
  {
    name: 'under URI versioning, outside every version',
    options: {
      configure: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    },
    sse: '/sse',
    messages: '/messages',
  },
  {
    name: 'under header versioning',
    options: {
      configure: (app) =>
        app.enableVersioning({ type: VersioningType.HEADER, header: 'v', defaultVersion: '1' }),
    },
    sse: '/sse',
    messages: '/messages',
  },
  {
    name: 'under prefix, versioning and a path of its own',
    options: {
      mcp: { path: '/assistants/' },
      configure: (app) => app.setGlobalPrefix('api').enableVersioning(),
    },
    sse: '/api/assistants/sse',
    messages: '/api/assistants/messages',
  },
  {
    name: 'at paths that share nothing',
    options: { mcp: { transports: { sse: { path: 'a/b/stream', messagesPath: 'c/in' } } } },
    sse: '/a/b/stream',
    messages: '/c/in',
  },
  {
    name: 'below the path of a RouterModule',
    options: { imports: [RouterModule.register([{ path: 'tools', module: McpModule }])] },
    sse: '/tools/sse',
    messages: '/tools/messages',
  },
];

describe.each(PLATFORMS)('the routes of HTTP+SSE on %s', (platform) => {
  let app: INestApplication;

  afterEach(() => app.close());

  const start = async (options: TestAppOptions) => {
    const running = await startApp({ platform, providers: [ProbeTools], ...options });
    app = running.app;
    return running.url;
  };

  it.each(ROUTES)('work $name', async ({ options, sse, messages }) => {
    const wire = await SseWire.open(new URL(sse, await start(options)));
    expect((await wire.endpoint()).pathname).toBe(messages);
    expect(wire.events[0]?.data.startsWith(`${messages}?`)).toBe(true);
    await wire.initialize();
    await expect(
      wire.call(1, 'tools/call', { name: 'echo', arguments: { input: 'x' } }),
    ).resolves.toMatchObject({ result: { content: [{ text: 'x' }] } });
    // The gates apply at these paths, too.
    await expect(wire.post('{')).resolves.toMatchObject({ status: 400 });
    wire.close();
  });

  it('leave the rest of the application alone', async () => {
    const url = await start({});
    const { status } = await post(new URL('/elsewhere', url), '{"not":"for us"');
    expect(status).toBe(400); // The application's own parser.
  });

  it('do not exist when the transport is switched off', async () => {
    const url = await start({ mcp: { transports: { sse: false } } });
    await expect(fetch(new URL('/sse', url))).resolves.toMatchObject({ status: 404 });
    await expect(post(new URL('/messages', url), '{}')).resolves.toMatchObject({ status: 404 });
  });

  it('use the paths of forRootAsync as well', async () => {
    @Module({
      imports: [
        McpModule.forRootAsync({
          server: 'late',
          useFactory: async () => ({ name: 'late', version: '1', path: 'late' }),
        }),
      ],
    })
    class LateModule {}
    const url = await start({ imports: [LateModule], mcp: { transports: { sse: false } } });
    const wire = await SseWire.open(new URL('/late/sse', url));
    await expect(wire.initialize()).resolves.toMatchObject({
      result: { serverInfo: { name: 'late' } },
    });
    wire.close();
  });
});

describe('the stream of an Express application, requested with a trailing slash', () => {
  it('names an endpoint that is correct relative to that URL', async () => {
    const { app, url } = await startApp({ providers: [ProbeTools] });
    const wire = await SseWire.open(new URL('/sse/', url));
    expect((await wire.endpoint()).pathname).toBe('/messages');
    await wire.initialize();
    wire.close();
    await app.close();
  });
});
