import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpContext, McpTool, McpToolType, Param, Ctx } from '@nestmcp/core';
import { PLATFORMS, startApp } from './support/test-app.js';

@McpToolType()
class Tools {
  @McpTool('Echo')
  echo(@Param('input') input: string): string {
    return input;
  }
  @McpTool('Steps')
  async steps(@Ctx() ctx: McpContext): Promise<string> {
    for (let i = 1; i <= 3; i++) await ctx.progress(i, 3, `step ${i}`);
    return 'done';
  }
}

describe.each(PLATFORMS)('Streamable HTTP on %s', (platform) => {
  it('serves the official client', async () => {
    const { app, url } = await startApp({ platform, providers: [Tools] });
    const client = new Client({ name: 'x', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url)));
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo', 'steps']);
    expect(await client.callTool({ name: 'echo', arguments: { input: 'hé' } })).toEqual({
      content: [{ type: 'text', text: 'hé' }],
    });
    const seen: number[] = [];
    const result = await client.callTool({ name: 'steps' }, undefined, {
      onprogress: ({ progress }) => seen.push(progress),
    });
    expect(result).toEqual({ content: [{ type: 'text', text: 'done' }] });
    expect(seen).toEqual([1, 2, 3]);
    await client.close();
    await app.close();
  });

  it('serves a request without a session', async () => {
    const { app, url } = await startApp({ platform, providers: [Tools] });
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const answer = await fetch(new URL('/mcp', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'steps',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'steps', _meta: { ...meta, progressToken: 'p' } },
      }),
    });
    expect(answer.status).toBe(200);
    console.log(await answer.text());
    await app.close();
  });
});
