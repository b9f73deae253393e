import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { EVERY_TOOL, EveryClientTools } from '../support/app/clients/every-client.tools.js';
import { sdk1 } from '../support/app/clients/sdk-clients.js';
import { McpRemote } from '../support/app/demo-process.js';
import { startApp } from '../support/app/test-app.js';

const LATEST = '2025-11-25';
const STATELESS = '2026-07-28';

/** The flags with which a desktop client starts it, and the revision that it then speaks to the server. */
const WAYS = [
  ['/mcp', [], LATEST],
  ['/sse', [], LATEST],
  ['/sse', ['--transport', 'sse-only'], LATEST],
  ['/mcp', ['--transport', 'http-only'], LATEST],
  ['/mcp', ['--protocol', 'auto'], STATELESS],
  ['/sse', ['--protocol', 'auto'], LATEST],
] as const;

/** The stdio side of mcp-remote, which numbers requests in order. */
class DesktopClient {
  private last = 0;

  constructor(private readonly remote: McpRemote) {}

  async initialize(): Promise<unknown> {
    const answer = await this.request('initialize', {
      protocolVersion: LATEST,
      capabilities: {},
      clientInfo: { name: 'desktop', version: '1' },
    });
    this.remote.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return answer;
  }

  request(method: string, params: object = {}): Promise<unknown> {
    return this.remote.answer(this.send(method, params));
  }

  async text(name: string, args: object = {}): Promise<unknown> {
    const answer = await this.request('tools/call', { name, arguments: args });
    return (answer as { result?: { content?: { text?: string }[] } }).result?.content?.[0]?.text;
  }

  /** Sends a call that requests progress, and returns its id. */
  begin(name: string, args: object, progressToken: string): number {
    return this.send('tools/call', { name, arguments: args, _meta: { progressToken } });
  }

  cancel(requestId: number, reason: string): void {
    const params = { requestId, reason };
    this.remote.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
  }

  /** The progress notification with that number. */
  progress(progressToken: string, progress: number): Promise<unknown> {
    return this.remote.find(({ method, params }) => {
      const told = params as { progressToken?: unknown; progress?: unknown } | undefined;
      const isProgress = method === 'notifications/progress';
      return isProgress && told?.progressToken === progressToken && told.progress === progress;
    });
  }

  answer(id: number): Promise<unknown> {
    return this.remote.answer(id);
  }

  private send(method: string, params: object): number {
    this.remote.send({ jsonrpc: '2.0', id: ++this.last, method, params });
    return this.last;
  }
}

describe.each(WAYS)('mcp-remote at %s with flags %j', (path, flags, revision) => {
  let app: INestApplication;
  let url: URL;
  let remote: McpRemote;
  let client: DesktopClient;

  beforeAll(async () => {
    ({ app, url } = await startApp({ providers: [EveryClientTools] }));
    remote = await McpRemote.start(`http://localhost:${url.port}${path}`, ...flags);
    client = new DesktopClient(remote);
  });

  afterAll(async () => {
    await remote.stop();
    (app.getHttpServer() as Server).closeAllConnections();
    await app.close();
  });

  it('initializes', async () => {
    expect(await client.initialize()).toMatchObject({ result: { serverInfo: { name: 'test' } } });
    expect(await client.text('revision')).toBe(revision);
  }, 20_000);

  it('lists', async () => {
    const { result } = (await client.request('tools/list')) as {
      result: { tools: { name: string }[] };
    };
    expect(result.tools.map(({ name }) => name)).toEqual(EVERY_TOOL);
  });

  it('calls tools, and passes on failures', async () => {
    expect(await client.text('echo', { input: 'héllo 🌍\u2028' })).toBe('héllo 🌍\u2028');
    expect(await client.request('tools/call', { name: 'refuse', arguments: {} })).toMatchObject({
      result: { isError: true },
    });
  });

  it('passes on progress', async () => {
    const call = client.begin('steps', { run: 'steps' }, 'mine');
    for (const step of [1, 2, 3])
      expect(await client.progress('mine', step)).toMatchObject({
        params: { total: 3, message: `step ${step}` },
      });
    await client.text('release', { run: 'steps' });
    expect(await client.answer(call)).toMatchObject({ result: { content: [{ text: 'done' }] } });
  });

  const waits = async (): Promise<number> => {
    const call = client.begin('wait', { run: 'wait' }, 'yours');
    await client.progress('yours', 1);
    return call;
  };

  if (revision === LATEST)
    it('passes on cancellation', async () => {
      client.cancel(await waits(), 'enough');
      expect(await client.text('reason', { run: 'wait' })).toBe(
        'The client cancelled the call: enough',
      );
    });
  // It posts notifications/cancelled there, too, and leaves the response open. But only closing the response
  // cancels (2026-07-28 cancellation): without a session, another client may have the same id.
  else
    it('ends its calls when it ends', async () => {
      await waits();
      await remote.stop();
      const other = await sdk1('http')(new URL('/mcp', url));
      expect(await other.call('reason', { run: 'wait' })).toMatchObject({
        content: [{ type: 'text', text: 'The client left' }],
      });
      await other.close();
    });
});

describe.each([
  ['without sessions', { sessions: false }],
  ['with JSON alone', { json: true }],
])('mcp-remote at a server %s', (_, streamableHttp) => {
  it.each([
    [[], LATEST],
    [['--protocol', 'auto'], STATELESS],
  ])(
    'initializes, lists and calls with flags %j',
    async (flags, revision) => {
      const mcp = { transports: { sse: false, streamableHttp } };
      const { app, url } = await startApp({ providers: [EveryClientTools], mcp });
      const remote = await McpRemote.start(`http://localhost:${url.port}/mcp`, ...flags);
      const client = new DesktopClient(remote);
      expect(await client.initialize()).toMatchObject({ result: { serverInfo: { name: 'test' } } });
      expect(await client.request('tools/list')).toMatchObject({
        result: { tools: EVERY_TOOL.map((name) => ({ name })) },
      });
      expect(await client.text('revision')).toBe(revision);
      await remote.stop();
      (app.getHttpServer() as Server).closeAllConnections();
      await app.close();
    },
    40_000,
  );
});
