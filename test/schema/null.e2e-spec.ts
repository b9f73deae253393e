import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { McpModule, McpRegistry, McpTool, McpToolType, Param } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import { Type } from 'class-transformer';
import { Allow, IsOptional, IsString, ValidateNested } from 'class-validator';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

class Owner {
  @IsOptional()
  @IsString()
  mail?: string | null;
}
class Row {
  @IsString()
  id!: string;
  @IsOptional()
  @IsString()
  note?: string | null;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Owner)
  owners?: Owner[] | null;
  @Allow()
  extra?: unknown;
}

/** Nulls as a database returns them. */
const ROW = { id: 'a', note: null, owners: [{ mail: null }], extra: [[null]] };
const BARE = { id: 'a', note: null, owners: null, extra: null };

@McpToolType()
class RowTools {
  @McpTool({ output: Row })
  read(): Row {
    return ROW;
  }

  @McpTool({ output: Row })
  bare(): Row {
    return BARE;
  }

  @McpTool()
  write(@Param() row: Row): string {
    return JSON.stringify(row);
  }

  @McpTool({ input: Row })
  store(@Param() row: Row): string {
    return JSON.stringify(row);
  }

  @McpTool()
  named(@Param('note', { optional: true, nullable: true, type: String }) note?: string | null) {
    return JSON.stringify(note);
  }
}

interface Listed {
  readonly name: string;
  readonly inputSchema: { readonly properties?: object | undefined };
}
const noteOf = (tools: readonly Listed[], name: string): unknown => {
  const { properties = {} } = tools.find((tool) => tool.name === name)?.inputSchema ?? {};
  return (properties as { note?: unknown }).note;
};
const OR_NULL = { anyOf: [{ type: 'string' }, { type: 'null' }] };
const addTool = (app: INestApplication): unknown =>
  app
    .get(McpRegistry)
    .tool('added')
    .input(Row)
    .handle(() => '');

describe.each(PLATFORMS)('null for optional values, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  const v1 = new ClientV1({ name: 'v1', version: '1' });
  const v2 = new ClientV2({ name: 'v2', version: '1' });

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [RowTools] }));
    addTool(app);
    await v1.connect(new HttpV1(new URL('/mcp', url)));
    await v2.connect(new HttpV2(new URL('/mcp', url)));
    await v1.listTools();
    await v2.listTools();
  });

  afterAll(async () => {
    await v1.close();
    await v2.close();
    await app.close();
  });

  it('is accepted, and published only where the tool declares it nullable', async () => {
    const { tools } = await v2.listTools();
    for (const name of ['write', 'store', 'added'])
      expect([name, noteOf(tools, name)]).toEqual([name, { type: 'string' }]);
    expect(noteOf(tools, 'named')).toEqual(OR_NULL);
    for (const name of ['write', 'store']) {
      const { content, isError } = await v2.callTool({ name, arguments: BARE });
      expect({ content, isError }).toEqual({
        content: [{ type: 'text', text: JSON.stringify(BARE) }],
        isError: undefined,
      });
    }
  });

  it.each([
    ['read', ROW],
    ['bare', BARE],
  ])('is a value of a result that both official clients accept (%s)', async (name, value) => {
    for (const client of [v1, v2])
      expect(await client.callTool({ name })).toMatchObject({
        content: [{ type: 'text', text: JSON.stringify(value) }],
        structuredContent: value,
      });
  });
});

it('is published where publishOptionalNull requests it, also from a factory', async () => {
  const testing = await Test.createTestingModule({
    imports: [
      McpModule.forRootAsync({
        useFactory: async () => ({ name: 'test', version: '1', publishOptionalNull: true }),
      }),
    ],
    providers: [RowTools],
  }).compile();
  const app = testing.createNestApplication({ logger: false });
  const url = await listeningUrl(app);
  addTool(app);
  const client = new ClientV2({ name: 'v2', version: '1' });
  await client.connect(new HttpV2(new URL('/mcp', url)));
  const { tools } = await client.listTools();
  await client.close();
  await app.close();
  for (const name of ['write', 'store', 'added'])
    expect([name, noteOf(tools, name)]).toEqual([name, OR_NULL]);
});
