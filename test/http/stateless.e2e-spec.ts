import { json } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { McpContext, McpRegistry, McpTool, McpToolType, requireCapabilities } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import {
  answerOf,
  askStateless,
  messagesOf,
  nextOf,
  restOf,
} from '../support/wire/stateless-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

@Injectable()
class Events {
  readonly aborted = deferred();
  reason: unknown;
}

@McpToolType()
class Tools {
  constructor(private readonly events: Events) {}

  @McpTool('Needs a client that can sample')
  needy({ peer }: McpContext): string {
    requireCapabilities(peer, { sampling: {} });
    return 'sampled';
  }

  @McpTool('Waits for the end of its call')
  async wait(ctx: McpContext): Promise<string> {
    await ctx.progress(1, 2);
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
    this.events.reason = ctx.signal.reason;
    this.events.aborted.resolve();
    await ctx.progress(2, 2);
    return 'too late';
  }

  @McpTool('Tells that it begins')
  async told(ctx: McpContext): Promise<string> {
    await ctx.progress(1, 1);
    return 'done';
  }
}

const CALL = 'tools/call';

describe.each(PLATFORMS)('a request of 2026-07-28 on %s', (platform) => {
  const { start } = harness(platform);
  const open = () => start({ providers: [Tools, Events] });

  it('is independent: nothing is known from an earlier request on the connection', async () => {
    const { url } = await open();
    const request = { method: CALL, params: { name: 'needy' } };
    expect(await answerOf(url, { ...request, capabilities: { sampling: {} } })).toMatchObject({
      result: { content: [{ text: 'sampled' }] },
    });
    const response = await askStateless(url, request);
    expect(response.statusCode).toBe(400);
    expect(await json(response)).toMatchObject({
      id: 1,
      error: { code: -32021, data: { requiredCapabilities: { sampling: {} } } },
    });
  });

  it('may be served by any process', async () => {
    const { url } = await open();
    const other = await startApp({ platform, providers: [Tools, Events] });
    const list = { method: 'tools/list' };
    expect(await answerOf(other.url, list)).toEqual(await answerOf(url, list));
    expect(await answerOf(other.url, { method: CALL, params: { name: 'told' } })).toMatchObject({
      result: { content: [{ text: 'done' }] },
    });
    await other.app.close();
  });

  it('returns the name of the server, its capabilities, and how long they are valid', async () => {
    const { url } = await start({
      providers: [Tools, Events],
      mcp: { cache: { ttl: '5m', scope: 'public' } },
    });
    expect(await answerOf(url, { method: 'server/discover' })).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: {
        resultType: 'complete',
        supportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'],
        capabilities: expect.objectContaining({ tools: { listChanged: true } }),
        ttlMs: 300_000,
        cacheScope: 'public',
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'test', version: '1.2.3' } },
      },
    });
  });

  it('gets every page of a list with the same cache hints', async () => {
    const { app, url } = await start({
      providers: [Tools, Events],
      mcp: { pageSize: 2, cache: { ttl: '1m', scope: 'public' } },
    });
    for (const name of ['d', 'e'])
      app
        .get(McpRegistry)
        .tool(name)
        .handle(() => name);
    const pages: unknown[] = [];
    let cursor: unknown;
    do {
      const params = cursor === undefined ? {} : { cursor };
      const { result } = await answerOf(url, { method: 'tools/list', params });
      pages.push([result?.ttlMs, result?.cacheScope]);
      cursor = result?.nextCursor;
    } while (cursor !== undefined);
    expect(pages).toEqual([
      [60_000, 'public'],
      [60_000, 'public'],
      [60_000, 'public'],
    ]);
  });

  it('has an unbuffered stream of its own messages, which ends with the response', async () => {
    const { url } = await open();
    const ask = (progressToken: string) =>
      askStateless(url, {
        method: CALL,
        params: { name: 'told' },
        id: progressToken,
        meta: { progressToken },
      });
    const streams = await Promise.all(['a', 'b', 'c'].map((token) => ask(token)));
    for (const [index, response] of streams.entries()) {
      const token = ['a', 'b', 'c'][index];
      expect(response.headers['content-type']).toContain('text/event-stream');
      expect(response.headers['x-accel-buffering']).toBe('no');
      expect(await restOf(messagesOf(response))).toMatchObject([
        { method: 'notifications/progress', params: { progressToken: token } },
        { id: token, result: { resultType: 'complete' } },
      ]);
    }
  });

  it('is cancelled when its client closes the response, and nothing more is sent', async () => {
    const { app, url } = await open();
    const leaving = new AbortController();
    const response = await askStateless(url, {
      method: CALL,
      params: { name: 'wait' },
      meta: { progressToken: 1 },
      signal: leaving.signal,
    });
    const messages = messagesOf(response);
    expect((await nextOf(messages)).params).toMatchObject({ progress: 1 });
    leaving.abort();
    const events = app.get(Events);
    await events.aborted.promise;
    expect(events.reason).toEqual(new Error('The client left'));
    await expect(restOf(messages)).rejects.toThrow();
  });
});
