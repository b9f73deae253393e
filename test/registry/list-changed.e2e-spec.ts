import { McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';
import type { ToolClient } from '../support/fixtures/pipeline/tool-client.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

@McpToolType()
class Decorated {
  @McpTool()
  steady(): string {
    return 'steady';
  }
}

const CHANGED = 'notifications/tools/list_changed';
const changesOf = ({ wire }: ToolClient): number =>
  wire.messages.filter(({ method }) => method === CHANGED).length;

/** Messages that were sent before the response have arrived when the response has. */
const listOf = async ({ wire }: ToolClient, id: string): Promise<string[]> => {
  const { result } = (await wire.call(id, 'tools/list')) as {
    result: { tools: { name: string }[] };
  };
  return result.tools.map(({ name }) => name);
};

describe('changes of the list of tools', () => {
  const { start, connect } = harness('express');

  it('notify 100 open streams, once for each edit', async () => {
    const { app } = await start({ providers: [Decorated] });
    const registry = app.get(McpRegistry);
    const clients = await Promise.all(Array.from({ length: 100 }, async () => connect()));
    const expectOn = async (round: number, names: readonly string[]) => {
      const lists = await Promise.all(clients.map(async (client) => listOf(client, `r${round}`)));
      for (const [index, list] of lists.entries()) {
        expect(list).toEqual(names);
        expect(changesOf(clients[index] as ToolClient)).toBe(round);
      }
    };
    await expectOn(0, ['steady']);
    registry.tool('a').handle(() => 'a');
    await expectOn(1, ['steady', 'a']);
    registry.edit((tools) => {
      for (let n = 0; n < 20; n++) tools.tool(`n${n}`).handle(() => n);
      tools.remove('steady');
      tools.replace('a').handle(() => 'other');
    });
    await expectOn(2, ['a', ...Array.from({ length: 20 }, (_, n) => `n${n}`)]);
    registry.edit((tools) => {
      for (let n = 0; n < 20; n++) tools.remove(`n${n}`);
    });
    await expectOn(3, ['a']);
    registry.disable('a');
    await expectOn(4, []);
  });

  it('send no notification for an edit that changes nothing, or fails', async () => {
    const { app } = await start({ providers: [Decorated] });
    const registry = app.get(McpRegistry);
    const client = await connect();
    registry.enable('steady');
    registry.edit(() => undefined);
    registry.edit((tools) => {
      tools.tool('gone').handle(() => 'gone');
      tools.remove('gone');
      tools.disable('steady');
      tools.enable('steady');
    });
    expect(() => registry.remove('nobody')).toThrow(/MCP041/);
    expect(await listOf(client, 'l')).toEqual(['steady']);
    expect(changesOf(client)).toBe(0);
    registry.disable('steady');
    registry.remove('steady');
    expect(await listOf(client, 'm')).toEqual([]);
    expect(changesOf(client)).toBe(1);
  });

  it('notify no client that has not initialized, or was not offered tools', async () => {
    const { app, url } = await startApp({});
    const bare = await SseWire.open(new URL('/sse', url));
    const without = await SseWire.open(new URL('/sse', url));
    expect(await without.initialize()).toMatchObject({ result: { capabilities: {} } });
    const registry = app.get(McpRegistry);
    registry.tool('a').handle(() => 'a');
    const having = await SseWire.open(new URL('/sse', url));
    expect(await having.initialize()).toMatchObject({
      result: { capabilities: { tools: { listChanged: true } } },
    });
    registry.remove('a');
    for (const [wire, count] of [
      [bare, 0],
      [without, 0],
      [having, 1],
    ] as const) {
      await wire.call('p', 'ping');
      expect(wire.messages.filter(({ method }) => method === CHANGED)).toHaveLength(count);
      wire.close();
    }
    await app.close();
  });

  it('notify a client that reconnected, and was initialized on another stream', async () => {
    const { app, url } = await startApp({ providers: [Decorated] });
    const headers = { 'mcp-protocol-version': '2025-11-25' };
    const wire = await SseWire.open(new URL('/sse', url), headers);
    await wire.call('p', 'ping');
    app.get(McpRegistry).disable('steady');
    await wire.call('q', 'ping');
    expect(wire.messages.map(({ id, method }) => id ?? method)).toEqual(['p', CHANGED, 'q']);
    wire.close();
    await app.close();
  });

  it('send the notification before the response of a tool that edits the registry', async () => {
    const { app } = await start({ providers: [Decorated] });
    const registry = app.get(McpRegistry);
    registry.tool('once').handle(() => {
      registry.remove('once');
      return 'done';
    });
    const client = await connect();
    expect(await client.call('once')).toMatchObject({ text: 'done', isError: false });
    expect(changesOf(client)).toBe(1);
    expect(await client.call('once')).toMatchObject({ code: -32602 });
  });
});
