import { McpMeta, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import type { McpModuleOptions, McpToolOptions } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

const ICONS = [{ src: 'https://example.com/i.png', mimeType: 'image/png', sizes: ['48x48'] }];

@McpToolType()
class Described {
  @McpTool({ title: 'Told', icons: ICONS, readOnly: true })
  @McpMeta('com.example/team', 'orders')
  @McpMeta('com.example/tags', ['a', 1, null])
  told(): string {
    return 'told';
  }

  @McpTool()
  other(): string {
    return 'other';
  }
}

const META = { 'com.example/team': 'orders', 'com.example/tags': ['a', 1, null] };
const SERVER = { name: 'test', version: '1.2.3' };

const MEMBERS: Readonly<Record<string, readonly [server: object, tool: object]>> = {
  '2024-11-05': [SERVER, {}],
  '2025-03-26': [SERVER, { annotations: { title: 'Told', readOnlyHint: true } }],
  '2025-06-18': [
    { ...SERVER, title: 'Test' },
    { title: 'Told', annotations: { title: 'Told', readOnlyHint: true }, _meta: META },
  ],
  '2025-11-25': [
    { ...SERVER, title: 'Test', icons: ICONS, websiteUrl: 'https://example.com' },
    {
      title: 'Told',
      annotations: { title: 'Told', readOnlyHint: true },
      _meta: META,
      icons: ICONS,
    },
  ],
};

describe('the definition of a server and its tools', () => {
  const { start } = harness('express');

  it.each(Object.entries(MEMBERS))(
    'has the members of revision %s',
    async (revision, [server, tool]) => {
      const { url } = await start({
        providers: [Described],
        mcp: { title: 'Test', icons: ICONS, websiteUrl: 'https://example.com' },
      });
      const wire = await SseWire.open(new URL('/sse', url));
      expect(await wire.initialize(revision)).toMatchObject({ result: { serverInfo: server } });
      const { result } = wire.messages[0] as { result: { serverInfo: object } };
      expect(result.serverInfo).toEqual(server);
      const { result: listed } = (await wire.call('l', 'tools/list')) as {
        result: { tools: object[] };
      };
      const inputSchema = { type: 'object', properties: {}, additionalProperties: false };
      expect(listed.tools[0]).toEqual({ name: 'told', inputSchema, ...tool });
      wire.close();
    },
  );

  it.each<[McpToolOptions, RegExp]>([
    [{ description: 'Echo\u202e' }, /MCP018 Bad\.tool\(\): its description has .*U\+202E/],
    [{ title: 'E\u200bcho' }, /MCP018 Bad\.tool\(\): its title has .*U\+200B/],
    [{ icons: [{ src: 'http://example.com/i.png' }] }, /MCP018 .*its icons\[0\]\.src must be/],
    [{ meta: { 'com.mcp/x': 1 } }, /MCP018 .*its meta\["com\.mcp\/x"\]: this prefix is reserved/],
    [
      {
        input: {
          type: 'object',
          properties: { a: { type: 'array', items: { description: 'a\u2066b' } } },
        },
      },
      /MCP018 .*a text in its input schema has .*U\+2066/,
    ],
    [{ destructive: 'no' as never }, /MCP018 .*its destructive must be true or false/],
    [{ meta: { x: 1n } }, /MCP018 .*its meta\["x"\]: its value has no JSON/],
  ])('stops the boot when it is %p', async (options, report) => {
    @McpToolType()
    class Bad {
      @McpTool(options)
      tool(): string {
        return 'tool';
      }
    }
    await expect(startApp({ providers: [Bad] })).rejects.toThrow(report);
  });

  it.each<[Partial<McpModuleOptions>, RegExp]>([
    [{ instructions: 'Use\u2066it' }, /MCP020 .*instructions has an invisible character/],
    [{ title: 'T\u202e' }, /MCP020 .*title has an invisible character/],
    [{ icons: [{ src: 'ftp://example.com/i.png' }] }, /MCP020 .*icons\[0\]\.src must be/],
    [{ websiteUrl: 'javascript:alert(1)' }, /MCP020 .*websiteUrl must be a URL/],
    [{ pageSize: 0 }, /MCP020 .*pageSize must be a whole number/],
    [{ visibility: [{} as never] }, /MCP020 .*visibility\[0\] must be the class of a guard/],
  ])('stops the boot when an option is %p', async (mcp, report) => {
    await expect(startApp({ mcp })).rejects.toThrow(report);
  });
});

describe('pages of tools', () => {
  const { start, connect } = harness('express');

  it('are requested by cursor', async () => {
    const { app } = await start({ providers: [Described], mcp: { pageSize: 2 } });
    const registry = app.get(McpRegistry);
    for (const name of ['c', 'd', 'e']) registry.tool(name).handle(() => name);
    const { wire } = await connect();
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const { result } = (await wire.call(`l${pages.length}`, 'tools/list', { cursor })) as {
        result: { tools: { name: string }[]; nextCursor?: string };
      };
      pages.push(result.tools.map(({ name }) => name));
      cursor = result.nextCursor;
    } while (cursor !== undefined);
    expect(pages).toEqual([['told', 'other'], ['c', 'd'], ['e']]);
    expect(await wire.call('bad', 'tools/list', { cursor: 'bad' })).toEqual({
      jsonrpc: '2.0',
      id: 'bad',
      error: { code: -32602, message: 'Invalid params: unknown cursor' },
    });
  });
});
