import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { INestApplication } from '@nestjs/common';
import {
  BackplaneUnavailableError,
  InMemoryBackplane,
  McpContext,
  McpTool,
  McpToolType,
} from '@nestmcp/core';
import { changed } from '../support/app/broken-backplanes.js';
import { deferred } from '../support/deferred.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { HttpSession, sseWire, StatelessWire } from '../support/wire/wires.js';

@McpToolType()
class Tools {
  readonly released: boolean[] = [];
  aborted = false;
  private free: Promise<void> = Promise.resolve();

  @McpTool('Let the client go, and answer when it is free')
  async reconnect(ctx: McpContext): Promise<string> {
    ctx.signal.addEventListener('abort', () => (this.aborted = true));
    this.released.push(await ctx.closeStream({ retry: '50ms' }));
    await ctx.progress(1);
    await this.free;
    ctx.log.info('back');
    this.released.push(await ctx.closeStream());
    return 'reconnected';
  }

  @McpTool('Say something first')
  async talk(ctx: McpContext): Promise<string> {
    ctx.log.info('first');
    await ctx.closeStream();
    ctx.log.info('second');
    return 'talked';
  }

  @McpTool('Tell a wrong time')
  async wrong(ctx: McpContext): Promise<string> {
    await ctx.closeStream({ retry: -1 });
    return 'never';
  }

  hold(): () => void {
    const { promise, resolve } = deferred();
    this.free = promise;
    return resolve;
  }
}

const CALL = {
  id: 1,
  method: 'tools/call',
  params: { name: 'reconnect', _meta: { progressToken: 'p' } },
};

const append = async (): Promise<never> =>
  Promise.reject(new BackplaneUnavailableError('out of order'));

describe.each(PLATFORMS)('a call that disconnects its client, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  let session: HttpSession | undefined;

  const start = async (mcp = {}): Promise<void> => {
    ({ app, url } = await startApp({ platform, providers: [Tools], mcp }));
  };
  afterEach(async () => {
    session?.close();
    await app.close();
  });

  it('ends the connection with an event id, from which the rest can be resumed', async () => {
    await start();
    session = await HttpSession.begin(url);
    const free = app.get(Tools).hold();
    const first = await session.posted(CALL);
    expect(await first.ended()).toEqual([]);
    const [primed, retry] = first.events;
    expect(first.events).toEqual([
      { id: expect.stringMatching(/^[\w.-]+$/), data: '' },
      { retry: '50' },
    ]);
    expect(retry).toBeDefined();
    const second = await session.resumed(primed?.id ?? '');
    await second.until(() => second.messages.find(({ method }) => method !== undefined));
    free();
    expect(await second.ended()).toEqual([
      expect.objectContaining({ params: { progressToken: 'p', progress: 1 } }),
      expect.objectContaining({ params: { level: 'info', logger: 'reconnect', data: 'back' } }),
      { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'reconnected' }] } },
    ]);
    expect(app.get(Tools)).toMatchObject({ released: [true, false], aborted: false });
  });

  it('keeps the result for a client that reconnects late', async () => {
    await start();
    session = await HttpSession.begin(url);
    const first = await session.posted({ ...CALL, params: { name: 'talk' } });
    expect(await first.ended()).toMatchObject([{ params: { data: 'first' } }]);
    expect(first.events.at(-1)).toEqual({ retry: '500' });
    const second = await session.resumed(first.events.findLast(({ id }) => id)?.id ?? '');
    expect(await second.ended()).toMatchObject([{ params: { data: 'second' } }, { id: 1 }]);
  });

  it('is answered to the official client, which reconnects by itself', async () => {
    await start();
    const client = new Client({ name: 'official', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url)));
    expect(await client.callTool({ name: 'reconnect' })).toEqual({
      content: [{ type: 'text', text: 'reconnected' }],
    });
    expect(app.get(Tools).released).toEqual([true, false]);
    await client.close();
  });

  it.each(['2025-03-26', '2025-06-18'])(
    'does not disconnect clients of %s, which would not reconnect',
    async (version) => {
      await start();
      session = await HttpSession.begin(url, version);
      const reader = await session.posted({ ...CALL, params: { name: 'reconnect' } });
      expect((await reader.ended()).at(-1)).toMatchObject({ id: 1, result: {} });
      expect(app.get(Tools).released).toEqual([false, false]);
    },
  );

  it('does not disconnect its client without sessions', async () => {
    await start();
    const reader = await new StatelessWire(url).posted(1, 'tools/call', { name: 'reconnect' });
    expect(reader.isStream).toBe(false);
    expect(await reader.ended()).toMatchObject([{ id: 1, result: {} }]);
    expect(app.get(Tools).released).toEqual([false, false]);
  });

  it('does not disconnect its client over HTTP+SSE', async () => {
    await start();
    const wire = await sseWire(url, '2025-11-25');
    expect(await (await wire.ask(1, 'tools/call', CALL.params)).answer()).toMatchObject({ id: 1 });
    expect(app.get(Tools).released).toEqual([false, false]);
    wire.close();
  });

  it('does not disconnect its client when no events are logged', async () => {
    await start({ backplane: changed(new InMemoryBackplane(), () => ({ log: undefined })) });
    session = await HttpSession.begin(url);
    const reader = await session.posted(CALL);
    expect((await reader.ended()).at(-1)).toMatchObject({ id: 1, result: {} });
    expect(app.get(Tools).released).toEqual([false, false]);
  });

  it('does not disconnect its client while the events cannot be logged', async () => {
    const broken = changed(new InMemoryBackplane(), ({ log }) => ({ log: { ...log, append } }));
    await start({ backplane: broken });
    session = await HttpSession.begin(url);
    const reader = await session.posted(CALL);
    expect((await reader.ended()).at(-1)).toMatchObject({ id: 1, result: {} });
    expect(app.get(Tools).released).toEqual([false, false]);
  });

  it('fails for an invalid duration', async () => {
    await start();
    session = await HttpSession.begin(url);
    const reader = await session.posted({ ...CALL, params: { name: 'wrong' } });
    expect(await reader.ended()).toMatchObject([{ id: 1, result: { isError: true } }]);
  });
});
