import type { INestApplication } from '@nestjs/common';
import { McpCallStatistics, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

@McpToolType()
class SlowTools {
  readonly started: string[] = [];
  readonly finished: string[] = [];
  gate = deferred();
  reason: unknown;

  /** Ends only when its gate opens, despite its signal. */
  @McpTool({ timeout: 20 })
  async stubborn(ctx: McpContext): Promise<string> {
    const { signal } = ctx;
    signal.addEventListener('abort', () => (this.reason = signal.reason));
    await this.gate.promise;
    return 'late';
  }

  @McpTool({ timeout: 20 })
  async endless(ctx: McpContext): Promise<string> {
    for (let step = 1; !ctx.signal.aborted; step++) await ctx.progress(step);
    return 'aborted';
  }

  @McpTool({ timeout: 0 })
  async unlimited(): Promise<string> {
    await this.gate.promise;
    return 'in its own time';
  }

  @McpTool({ concurrency: { limit: 2, queue: 1 } })
  async narrow(@Param('name') name: string): Promise<string> {
    this.started.push(name);
    await this.gate.promise;
    this.finished.push(name);
    return name;
  }
}

describe('the timeout of a call', () => {
  let app: INestApplication;
  let wire: SseWire;
  let tools: SlowTools;

  beforeEach(async () => {
    const running = await startApp({ providers: [SlowTools], mcp: { maxTimeout: '400ms' } });
    app = running.app;
    tools = app.get(SlowTools);
    wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
  });

  afterEach(async () => {
    tools.gate.resolve();
    wire.close();
    await app.close();
  });

  const text = async (id: string, name: string) => {
    const { result } = await wire.call(id, 'tools/call', { name });
    return (result as { content: [{ text: string }] }).content[0].text;
  };

  it('ends the call with a helpful message, and the signal fires with the same message', async () => {
    await expect(text('a', 'stubborn')).resolves.toBe("Tool 'stubborn' timed out after 0.02 s");
    expect(tools.reason).toMatchObject({ message: "Tool 'stubborn' timed out after 0.02 s" });
  });

  it('drops and counts a late result', async () => {
    await text('a', 'stubborn');
    expect(app.get(McpCallStatistics).lateResults).toBe(0);
    tools.gate.resolve();
    await wire.call('b', 'ping');
    expect(app.get(McpCallStatistics).lateResults).toBe(1);
    expect(wire.messages.filter(({ id }) => id === 'a')).toHaveLength(1);
  });

  it('counts the result of a cancelled call, too', async () => {
    await wire.post({
      jsonrpc: '2.0',
      id: 'a',
      method: 'tools/call',
      params: { name: 'unlimited' },
    });
    await wire.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'a' },
    });
    await wire.call('b', 'ping');
    tools.gate.resolve();
    await wire.call('c', 'ping');
    expect(app.get(McpCallStatistics).lateResults).toBe(1);
  });

  it('has a maximum, despite progress', async () => {
    await expect(text('a', 'endless')).resolves.toMatch(/timed out/);
  });

  it('does not exist when the limit is 0', async () => {
    const answer = text('a', 'unlimited');
    await wire.call('b', 'ping');
    tools.gate.resolve();
    await expect(answer).resolves.toBe('in its own time');
  });
});

describe('the number of concurrent calls', () => {
  let app: INestApplication;
  let wire: SseWire;
  let tools: SlowTools;

  beforeEach(async () => {
    const running = await startApp({ providers: [SlowTools] });
    app = running.app;
    tools = app.get(SlowTools);
    wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
  });

  afterEach(async () => {
    tools.gate.resolve();
    wire.close();
    await app.close();
  });

  const start = (id: string) =>
    wire.post({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'narrow', arguments: { name: id } },
    });

  it('is limited: the next call waits in the queue, and one more is refused with a request to retry', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await start(id);
    await expect(wire.answer('d')).resolves.toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining("'narrow' is busy") }] },
    });
    expect(tools.started).toEqual(['a', 'b']);
    tools.gate.resolve();
    await wire.answer('c');
    expect(tools.finished).toEqual(['a', 'b', 'c']);
  });

  it('passes the queue position of a cancelled call on to the next', async () => {
    for (const id of ['a', 'b', 'c']) await start(id);
    await wire.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'c' },
    });
    await start('d');
    await wire.call('ping', 'ping');
    tools.gate.resolve();
    await expect(wire.answer('d')).resolves.toMatchObject({ result: { content: [{ text: 'd' }] } });
    expect(tools.started).toEqual(['a', 'b', 'd']);
    // A call that never ran has no late result.
    expect(app.get(McpCallStatistics).lateResults).toBe(0);
  });
});
