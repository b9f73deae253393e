import { McpEditException, McpRegistry, McpTool, McpToolType, Param } from '@nestmcp/core';
import { Expose } from 'class-transformer';
import { IsString } from 'class-validator';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS } from '../support/app/test-app.js';

class Filter {
  @Expose({ name: 'order id' })
  @IsString()
  id!: string;
}

@McpToolType()
class ShopTools {
  @McpTool({ name: 'find.order' })
  find(@Param() _filter: Filter): void {}

  @McpTool()
  fine(): void {}
}

const NAME = 'MCP019 ShopTools.find(): some clients refuse the tool name "find.order"';
const ARGUMENT = 'MCP019 ShopTools.find(): Anthropic refuses the argument name "order id"';
const nothing = (): void => undefined;

describe.each(PLATFORMS)('names that some large clients refuse, on %s', (platform) => {
  const { start, connect } = harness(platform);

  it('cause one warning each, and are served', async () => {
    const warnings: string[] = [];
    const { app } = await start({
      providers: [ShopTools],
      logger: { log: nothing, error: nothing, warn: (line: string) => warnings.push(line) },
    });
    expect(warnings).toEqual([expect.stringContaining(NAME), expect.stringContaining(ARGUMENT)]);
    warnings.length = 0;
    app
      .get(McpRegistry)
      .tool('added.tool')
      .handle(() => 'done');
    expect(warnings).toEqual([expect.stringContaining('"added.tool"')]);
    const client = await connect();
    expect(await client.call('added.tool')).toMatchObject({ text: 'done' });
    expect(warnings).toHaveLength(1);
  });

  it('stop the start and an edit with strictNames', async () => {
    const mcp = { strictNames: true };
    const boot = start({ providers: [ShopTools], mcp });
    await expect(boot).rejects.toThrow(NAME);
    await expect(boot).rejects.toThrow(ARGUMENT);
    const { app } = await start({ mcp });
    const registry = app.get(McpRegistry);
    expect(() => registry.tool('added.tool').handle(() => 'done')).toThrow(McpEditException);
    expect(registry.has('added.tool')).toBe(false);
    registry.tool('added').handle(() => 'done');
    expect(registry.has('added')).toBe(true);
  });
});
