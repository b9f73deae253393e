import type { INestApplication } from '@nestjs/common';
import { Client as ClientV2, SSEClientTransport as SseV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { McpTestClient } from '@nestmcp/testing';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const INFO = { name: 'client', version: '1' };

const connectV1 = async (url: URL) => {
  const client = new ClientV1(INFO);
  await client.connect(new SseV1(url));
  return client;
};

const connectV2 = async (url: URL) => {
  const client = new ClientV2(INFO);
  await client.connect(new SseV2(url));
  return client;
};

const CLIENTS = [
  ['1.x', connectV1],
  ['2.x', connectV2],
] as const;

describe.each(PLATFORMS)('an application on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools] }));
  });

  afterAll(() => app.close());

  it.each(CLIENTS)(
    'serves list and call requests of the official client %s',
    async (_, connect) => {
      const client = await connect(new URL('/sse', url));
      expect(client.getServerVersion()).toEqual({ name: 'test', version: '1.2.3' });
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual([
        'echo',
        'wait',
        'count',
        'unserializable',
        'receipt',
        'fail',
        'huge',
      ]);
      const result = await client.callTool({
        name: 'echo',
        arguments: { input: 'héllo 🌍\u2028\r\n' },
      });
      expect(result.content).toEqual([{ type: 'text', text: 'héllo 🌍\u2028\r\n' }]);
      await client.close();
    },
  );

  it.each(CLIENTS)('sends progress to the official client %s', async (_, connect) => {
    const client = await connect(new URL('/sse', url));
    const told: unknown[] = [];
    const request = { name: 'count', arguments: { to: 3 } };
    // These clients drop progress that arrives in the same read as the result.
    const release = app.get(ProbeTools).hold();
    const onprogress = (progress: unknown): void => {
      if (told.push(progress) === 3) release();
    };
    const options = { onprogress };
    if (client instanceof ClientV1) await client.callTool(request, undefined, options);
    else await client.callTool(request, options);
    expect(told).toEqual(
      [1, 2, 3].map((progress) => ({ progress, total: 3, message: `step ${progress}` })),
    );
    await client.close();
  });

  it.each(CLIENTS)(
    'is notified of the cancellation by the official client %s',
    async (_, connect) => {
      const client = await connect(new URL('/sse', url));
      const probe = app.get(ProbeTools);
      const calls = probe.waiting.length;
      const abort = new AbortController();
      const request = { name: 'wait', arguments: {} };
      const options = { signal: abort.signal };
      const call =
        client instanceof ClientV1
          ? client.callTool(request, undefined, options)
          : client.callTool(request, options);
      const outcome = call.then(
        () => 'answered',
        () => 'rejected',
      );
      await probe.running(calls + 1);
      const signal = probe.waiting[calls];
      const heard = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      abort.abort('enough');
      await expect(outcome).resolves.toBe('rejected');
      await heard;
      expect(signal?.reason).toEqual(new Error('The client cancelled the call: enough'));
      await client.close();
    },
  );

  it('has no sessions once its clients have disconnected', async () => {
    await sessionsOf(app).untilEmpty();
    expect(sessionsOf(app).size).toBe(0);
  });

  it('can be called with the test client in three lines', async () => {
    const client = await McpTestClient.over(app, 'sse');
    await expect(client.callText('echo', { input: 'hi' })).resolves.toBe('hi');
    await expect(client.callText('fail')).rejects.toThrow(/^An error occurred invoking 'fail'/);
    await client.close();
  });
});
