import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { type INestApplication, Logger } from '@nestjs/common';
import { codeOf, loaderOf } from '../support/fixtures/markdown-code.js';

describe('the guide to logging and progress', () => {
  const load = loaderOf(codeOf('docs/guides/logging-and-progress.md'));
  const { bootstrap } = load('src/main.ts') as {
    bootstrap: (port: number) => Promise<INestApplication>;
  };
  let app: INestApplication;
  let client: Client;
  const logged: unknown[] = [];

  beforeAll(async () => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    app = await bootstrap(0);
    client = new Client({ name: 'guide', version: '1' });
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
      logged.push(params);
    });
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', await app.getUrl())));
  });
  beforeEach(() => logged.splice(0));
  afterAll(async () => {
    await client.close();
    await app.close();
    jest.restoreAllMocks();
    Logger.overrideLogger(false);
  });

  it('sends progress, log messages, and what a service logs', async () => {
    const seen: number[] = [];
    const params = { name: 'import_rows', arguments: { count: 3 } };
    const result = await client.callTool(params, undefined, {
      onprogress: ({ progress }) => seen.push(progress),
    });
    expect(result).toMatchObject({ content: [{ text: '3 rows' }] });
    expect(seen).toEqual([1, 2, 3]);
    expect(logged).toEqual([
      { level: 'info', logger: 'import_rows', data: 'import begun' },
      { level: 'warning', logger: 'RowsService', data: 'row 2 was there before' },
      { level: 'notice', logger: 'import', data: { message: 'imported', data: { count: 3 } } },
    ]);
  });

  it('sends what a client requested, and throttles progress', async () => {
    await client.setLoggingLevel('warning');
    const seen: number[] = [];
    const params = { name: 'import_rows', arguments: { count: 200 } };
    await client.callTool(params, undefined, {
      onprogress: ({ progress }) => seen.push(progress),
    });
    expect(seen.at(-1)).toBe(200);
    expect(seen.length).toBeLessThan(200);
    expect(logged.at(-1)).toMatchObject({
      level: 'warning',
      data: expect.stringMatching(/dropped/),
    });
  });

  it('disconnects a client, and answers it when it reconnects', async () => {
    expect(await client.callTool({ name: 'rebuild' })).toMatchObject({
      content: [{ text: 'rebuilt, and fetched' }],
    });
  });
});
