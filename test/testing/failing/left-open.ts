import { type INestApplication, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { McpModule, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';

// Tests that fail, for runners that are child processes: they leave open what a user's failing test leaves open.

@McpToolType()
class HelloTools {
  @McpTool()
  hello(): string {
    return 'hello';
  }

  @McpTool()
  goodbye(): string {
    return 'goodbye';
  }
}

const closed: INestApplication[] = [];
let app: INestApplication;

@Module({
  imports: [McpModule.forRoot({ name: 'hello', version: '1.0.0' })],
  providers: [HelloTools],
})
class HelloModule implements OnApplicationShutdown {
  onApplicationShutdown(): void {
    closed.push(app);
  }
}

beforeEach(async () => {
  const testing = await Test.createTestingModule({ imports: [HelloModule] }).compile();
  app = testing.createNestApplication({ logger: false });
});

describe.each(['2026-07-28', 'streamable-http', 'sse'] as const)('over %s', (transport) => {
  it('fails, and leaves all open', async () => {
    const client = await McpTestClient.over(app, transport);
    const other = await client.withHeaders({ 'x-other': 'yes' });
    await other.nextListChange(() => app.get(McpRegistry).disable('goodbye'));
    await client.callTool('hello').expectText('goodbye');
    await client.close();
    await app.close();
  });

  it('fails, and closes the application only', async () => {
    try {
      const client = await McpTestClient.over(app, transport);
      await client.callTool('hello').expectText('goodbye');
      await client.close();
    } finally {
      await app.close();
    }
  });

  it('fails, and closes all by leaving the block', async () => {
    await using client = await McpTestClient.over(app, transport);
    await client.callTool('hello').expectText('goodbye');
  });
});

it('has closed an application for two tests of each transport', () => {
  expect(new Set(closed).size).toBe(6);
});
