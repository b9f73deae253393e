import { McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { StdioWire, stdioHarness } from '../support/wire/stdio-wire.js';

@McpToolType()
class MainTools {
  @McpTool()
  main(): string {
    return 'main';
  }
}

@McpToolType({ server: 'admin' })
class AdminTools {
  @McpTool()
  reset(): string {
    return 'reset';
  }
}

const admin = McpModule.forRoot({ server: 'admin', name: 'admin', version: '1', path: 'admin' });
const setup = { imports: [admin], providers: [MainTools, AdminTools] };

describe('several servers, one of them on stdio', () => {
  const start = stdioHarness();

  it.each([
    [undefined, 'main'],
    ['default', 'main'],
    ['admin', 'reset'],
  ])('serves %s', async (server, tool) => {
    const wire = await start({ ...setup, options: server === undefined ? {} : { server } });
    expect(await wire.statelessRequest(1, 'tools/list')).toMatchObject({
      result: { tools: [{ name: tool }] },
    });
  });

  it('does not start for an unknown server', async () => {
    await expect(StdioWire.start({ ...setup, options: { server: 'other' } })).rejects.toThrow(
      "MCP039 runStdio() was asked for the server 'other', and there is no such server. There are: 'admin', 'default'.",
    );
  });
});
