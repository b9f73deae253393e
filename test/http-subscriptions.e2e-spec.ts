import { McpContext, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { harness } from './support/pipeline/harness.js';
import {
  askStateless,
  answerOf,
  linesOf,
  messagesOf,
  nextOf,
  restOf,
} from './support/stateless-wire.js';
import { PLATFORMS } from './support/test-app.js';

const ID = 'io.modelcontextprotocol/subscriptionId';
const ACKNOWLEDGED = 'notifications/subscriptions/acknowledged';
const CHANGED = 'notifications/tools/list_changed';

@McpToolType()
class StepTools {
  @McpTool('Tells its steps')
  async steps(ctx: McpContext): Promise<string> {
    await ctx.progress(1, 2);
    await ctx.progress(2, 2);
    return 'done';
  }
}

const listen = async (url: URL, id: string | number, notifications: object) => {
  const response = await askStateless(url, {
    method: 'subscriptions/listen',
    id,
    params: { notifications },
  });
  return { response, messages: messagesOf(response) };
};

describe.each(PLATFORMS)('subscriptions/listen on %s', (platform) => {
  const { start } = harness(platform);
  const open = () => start({ providers: [StepTools] });

  it.each(['text', '', 0, 9_007_199_254_740_991])(
    'is acknowledged first, with the id %j of its request',
    async (id) => {
      const { url } = await open();
      const { response, messages } = await listen(url, id, { toolsListChanged: true });
      expect(response.headers['content-type']).toContain('text/event-stream');
      expect(response.headers['x-accel-buffering']).toBe('no');
      const { method, params } = await nextOf(messages);
      expect(method).toBe(ACKNOWLEDGED);
      expect(params).toMatchObject({ _meta: { [ID]: id } });
      await messages.return();
    },
  );

  it('tells what was asked for, with the id, and nothing else, to each by itself', async () => {
    const { app, url } = await open();
    const hears = await listen(url, 'hears', { toolsListChanged: true });
    const leaves = await listen(url, 'leaves', { toolsListChanged: true });
    const narrow = await listen(url, 'narrow', { promptsListChanged: true });
    for (const { messages } of [hears, leaves, narrow]) await nextOf(messages);
    await leaves.messages.return();

    app
      .get(McpRegistry)
      .tool('more')
      .handle(() => 'more');
    const { method, params } = await nextOf(hears.messages);
    expect([method, params]).toEqual([CHANGED, { _meta: { [ID]: 'hears' } }]);

    await app.close();
    expect((await restOf(hears.messages)).map(({ id }) => id)).toEqual(['hears']);
    expect((await restOf(narrow.messages)).map(({ id }) => id)).toEqual(['narrow']);
  });

  it('has nothing of the calls that run meanwhile', async () => {
    const { app, url } = await open();
    const { messages } = await listen(url, 'quiet', { toolsListChanged: true });
    await nextOf(messages);
    const called = await askStateless(url, {
      method: 'tools/call',
      params: { name: 'steps' },
      meta: { progressToken: 'quiet', 'io.modelcontextprotocol/logLevel': 'debug' },
    });
    expect((await restOf(messagesOf(called))).map(({ method }) => method)).toEqual([
      'notifications/progress',
      'notifications/progress',
      undefined,
    ]);
    await app.close();
    expect((await restOf(messages)).map(({ id }) => id)).toEqual(['quiet']);
  });

  it('ends with its result when the application closes', async () => {
    const { app, url } = await open();
    const { messages } = await listen(url, 5, { toolsListChanged: true });
    await nextOf(messages);
    await app.close();
    expect(await restOf(messages)).toEqual([
      {
        jsonrpc: '2.0',
        id: 5,
        result: expect.objectContaining({
          resultType: 'complete',
          _meta: expect.objectContaining({ [ID]: 5 }),
        }),
      },
    ]);
  });

  it('gets comments while it is quiet', async () => {
    const { url } = await start({
      providers: [StepTools],
      mcp: { transports: { streamableHttp: { keepAlive: '20ms' } } },
    });
    const { response } = await listen(url, 1, { toolsListChanged: true });
    let comment: string | undefined;
    for await (const line of linesOf(response)) {
      comment = line.startsWith(':') ? line : undefined;
      if (comment !== undefined) break;
    }
    expect(comment).toBeDefined();
  });

  it('does not stand in the way of other requests', async () => {
    const { url } = await open();
    const { messages } = await listen(url, 1, { toolsListChanged: true });
    await nextOf(messages);
    expect(await answerOf(url, { method: 'tools/list' })).toMatchObject({
      result: { tools: [{ name: 'steps' }] },
    });
    await messages.return();
  });
});
