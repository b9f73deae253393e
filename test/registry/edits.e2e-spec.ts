import { IsInt, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { McpEditException, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { z } from 'zod';
import { deferred } from '../support/deferred.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import type { ToolClient } from '../support/fixtures/pipeline/tool-client.js';
import { PLATFORMS } from '../support/app/test-app.js';

class Order {
  @IsInt()
  @Min(1)
  @Type(() => Number)
  count!: number;
}

@McpToolType()
class Decorated {
  @McpTool()
  first(): string {
    return 'first';
  }

  @McpTool()
  second(): string {
    return 'second';
  }

  @McpTool()
  third(): string {
    return 'third';
  }
}

const namesSeenBy = async ({ wire }: ToolClient, id: string): Promise<string[]> => {
  const { result } = (await wire.call(id, 'tools/list')) as {
    result: { tools: { name: string }[] };
  };
  return result.tools.map(({ name }) => name);
};

describe.each(PLATFORMS)('the registry, on %s', (platform) => {
  const { start, connect } = harness(platform);
  const boot = async () => {
    const { app } = await start({ providers: [Decorated] });
    return { registry: app.get(McpRegistry), client: await connect() };
  };

  it('adds a tool with the validation of a class', async () => {
    const { registry, client } = await boot();
    registry
      .tool('order')
      .input(Order)
      .handle((order) => `${order.constructor.name} ${order.count + 1}`);
    expect(await client.call('order', { count: 2 })).toMatchObject({ text: 'Order 3' });
    expect(await client.call('order', { count: 0 })).toMatchObject({ isError: true });
    expect(await client.call('order', { count: 1, more: 1 })).toMatchObject({ isError: true });
  });

  it('adds a tool with a Standard Schema, whose output the handler receives', async () => {
    const { registry, client } = await boot();
    registry
      .tool('shout')
      .input(z.object({ word: z.string().transform((word) => word.length) }))
      .handle(({ word }) => word * 2);
    expect(await client.call('shout', { word: 'four' })).toMatchObject({ text: '8' });
    expect(await client.call('shout', { word: 4 })).toMatchObject({ isError: true });
  });

  it('adds a tool without arguments, which refuses any', async () => {
    const { registry, client } = await boot();
    registry.tool('now').handle((args) => Object.keys(args).length);
    expect(await client.call('now')).toMatchObject({ text: '0', isError: false });
    expect(await client.call('now', { a: 1 })).toMatchObject({ isError: true });
  });

  it('applies timeout, concurrency, results and output as for decorated tools', async () => {
    const { registry, client } = await boot();
    registry
      .tool('slow')
      .options({ timeout: '20ms' })
      .handle(
        (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
      );
    registry
      .tool('checked')
      .output({ type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] })
      .handle(() => ({ n: 1 }));
    registry
      .tool('broken')
      .output({ type: 'object', required: ['n'] })
      .handle(() => ({}));
    expect(await client.call('slow')).toMatchObject({ text: expect.stringMatching(/timed out/) });
    expect(await client.result('checked')).toMatchObject({ structuredContent: { n: 1 } });
    expect(await client.call('broken')).toMatchObject({ isError: true });
  });

  it('runs at most `concurrency` calls at once', async () => {
    const { registry, client } = await boot();
    const { promise, resolve } = deferred();
    registry
      .tool('single')
      .options({ concurrency: { limit: 1, queue: 0 } })
      .handle(async () => promise);
    await client.postCall('single');
    expect(await client.call('single')).toMatchObject({ text: expect.stringMatching(/is busy/) });
    resolve();
  });

  it('shows the metadata of a tool', async () => {
    const { registry, client } = await boot();
    registry
      .tool('told')
      .title('Told')
      .description('Tells')
      .options({ readOnly: true, meta: { 'com.example/team': 'a' } })
      .options({ icons: [{ src: 'https://example.com/i.png', sizes: ['48x48'] }] })
      .handle(() => 'told');
    const { result } = (await client.wire.call('l', 'tools/list')) as {
      result: { tools: object[] };
    };
    expect(result.tools[3]).toEqual({
      name: 'told',
      title: 'Told',
      description: 'Tells',
      inputSchema: { type: 'object', properties: {}, additionalProperties: false },
      annotations: { title: 'Told', readOnlyHint: true },
      icons: [{ src: 'https://example.com/i.png', sizes: ['48x48'] }],
      _meta: { 'com.example/team': 'a' },
    });
  });

  it('replaces a decorated tool at its position, and lets a call of the old one end normally', async () => {
    const { registry, client } = await boot();
    const { promise, resolve } = deferred();
    registry.replace('second').handle(async () => promise.then(() => 'old'));
    const running = client.call('second');
    await client.call('first');
    registry.replace('second').handle(() => 'new');
    expect(await client.call('second')).toMatchObject({ text: 'new' });
    expect(await namesSeenBy(client, 'l')).toEqual(['first', 'second', 'third']);
    registry.remove('second');
    resolve();
    expect(await running).toMatchObject({ text: 'old', isError: false });
    expect(await client.call('second')).toMatchObject({ code: -32602 });
  });

  it('disables and enables a decorated tool, which keeps its position', async () => {
    const { registry, client } = await boot();
    registry.disable('second');
    expect(await namesSeenBy(client, 'a')).toEqual(['first', 'third']);
    expect(await client.call('second')).toEqual({
      ...(await client.call('unheard')),
      text: "Unknown tool: 'second'",
    });
    expect(registry.list()).toEqual([
      { name: 'first', isEnabled: true },
      { name: 'second', isEnabled: false },
      { name: 'third', isEnabled: true },
    ]);
    registry.enable('second');
    expect(await namesSeenBy(client, 'b')).toEqual(['first', 'second', 'third']);
    expect(await client.call('second')).toMatchObject({ text: 'second' });
  });

  it('applies all of an edit or nothing, and names everything wrong with it', async () => {
    const { registry, client } = await boot();
    const edit = () =>
      registry.edit((tools) => {
        tools.tool('fine').handle(() => 'fine');
        tools.remove('first');
        tools.tool('second').handle(() => 'taken');
        tools.replace('nobody').handle(() => 'nobody');
        tools.enable('no one');
        tools.tool('no name').handle(() => 'no name');
        tools
          .tool('late')
          .options({ timeout: -1, concurrency: 0 })
          .handle(() => 'late');
        tools
          .tool('shapeless')
          .input({ type: 'string' })
          .handle(() => 'shapeless');
        tools
          .tool('hidden')
          .description('a\u200bb')
          .handle(() => 'hidden');
      });
    expect(edit).toThrow(McpEditException);
    expect(edit).toThrow(
      /^The edit of the MCP registry was not done: 7 problems found\.\n {2}MCP001 .*"second".*\n {2}MCP041 .*"nobody".*\n {2}MCP041 .*"no one".*\n {2}MCP003 .*"no name".*\n {2}MCP015 .*"late".*\n {2}MCP016 .*"shapeless".*\n {2}MCP018 .*"hidden".*U\+200B/,
    );
    expect(await namesSeenBy(client, 'l')).toEqual(['first', 'second', 'third']);
    expect(registry.has('fine')).toBe(false);
  });

  it('applies nothing of an edit that throws', async () => {
    const { registry } = await boot();
    const edit = () =>
      registry.edit((tools) => {
        tools.remove('first');
        throw new Error('no database');
      });
    expect(edit).toThrow('no database');
    expect(registry.has('first')).toBe(true);
    registry.remove('first');
    expect(registry.has('first')).toBe(false);
  });

  it('refuses an asynchronous edit, and an edit whose callback has returned', async () => {
    const { registry } = await boot();
    const later = () => registry.edit(async (tools) => Promise.resolve(tools.remove('first')));
    expect(later).toThrow(/MCP043/);
    expect(registry.has('first')).toBe(true);
    let kept: Parameters<Parameters<McpRegistry['edit']>[0]>[0] | undefined;
    registry.edit((tools) => {
      kept = tools;
    });
    expect(() => kept?.remove('first')).toThrow(/MCP044/);
  });

  it('includes a nested edit in the outer one', async () => {
    const { registry } = await boot();
    const edit = () =>
      registry.edit(() => {
        registry.remove('first');
        registry.edit((tools) => tools.remove('second'));
        registry.remove('nobody');
      });
    expect(edit).toThrow(/1 problem found/);
    expect(registry.list()).toHaveLength(3);
  });

  it('lets several tools start from one builder', async () => {
    const { registry, client } = await boot();
    const begun = registry.tool('again').input(Order);
    begun.handle(({ count }) => count);
    expect(() => begun.handle(() => 'twice')).toThrow(/MCP001/);
    expect(await client.call('again', { count: 5 })).toMatchObject({ text: '5' });
  });
});
