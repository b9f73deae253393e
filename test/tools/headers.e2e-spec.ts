import type { INestApplication } from '@nestjs/common';
import { Expose } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { McpHeader, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { z } from 'zod';
import type { ToolEntry } from '../../libs/core/src/features/tools/definition/tool-entry.interface.js';
import { PrimitiveRegistry } from '../../libs/core/src/registry/primitive.registry.js';
import { startApp } from '../support/app/test-app.js';

class Regional {
  @McpHeader('Region')
  @IsString()
  region!: string;
}
class Query extends Regional {
  @McpHeader('Tenant')
  @IsOptional()
  @IsString()
  tenant?: string;
  @Expose({ name: 'shard_no' })
  @McpHeader('Shard')
  @IsInt()
  shard!: number;
  @IsString()
  sql!: string;
}

const Zoned = z.object({
  zone: z.string().meta({ 'x-mcp-header': 'Zone' }),
  place: z.object({ level: z.int().meta({ 'x-mcp-header': 'Level' }) }).optional(),
});

@McpToolType()
class Routed {
  @McpTool('One by one')
  single(
    @Param('region', 'Where', { header: 'Region' }) region: string,
    @Param('shard', { header: 'Shard', default: 1 }, IsInt()) shard: number,
    @Param('isDry', { header: 'Dry-Run', optional: true }) isDry?: boolean,
  ): string {
    return JSON.stringify({ region, shard, isDry });
  }
  @McpTool('As a class')
  whole(@Param() query: Query): string {
    return JSON.stringify(query);
  }
  @McpTool({ description: 'As a schema', input: Zoned })
  zoned(@Param() args: z.infer<typeof Zoned>): string {
    return args.zone;
  }
  @McpTool('With rules')
  ruled(@Param('mode', { header: 'Mode' }, IsIn(['a', 'b'])) mode: string): string {
    return mode;
  }
  @McpTool('With a rule for its type')
  flagged(@Param('flag', { header: 'Flag', type: 'boolean' }, IsBoolean()) flag: unknown): string {
    return String(flag);
  }
  @McpTool('None')
  plain(@Param('region') region: string): string {
    return region;
  }
}

let app: INestApplication;
let client: McpTestClient;
const added = jest.spyOn(PrimitiveRegistry.prototype, 'add');

beforeAll(async () => {
  ({ app } = await startApp({ providers: [Routed] }));
  client = await McpTestClient.over(app, 'sse');
});
afterAll(async () => {
  await client.close();
  await app.close();
});

const schemaOf = async (name: string) =>
  (await client.listTools()).find((tool) => tool.name === name)?.inputSchema;
const headersOf = (name: string) =>
  added.mock.calls
    .map(([entry]) => entry as ToolEntry)
    .find((entry) => entry.name === name)
    ?.paramHeaders?.map(({ headerName, path }) => `${headerName}: ${path.join('.')}`);

describe('arguments that are repeated as headers', () => {
  it.each([
    ['single', ['Region: region', 'Shard: shard', 'Dry-Run: isDry']],
    ['whole', ['Shard: shard_no', 'Tenant: tenant', 'Region: region']],
    ['zoned', ['Zone: zone', 'Level: place.level']],
    ['ruled', ['Mode: mode']],
    ['flagged', ['Flag: flag']],
  ])('of %s reach the tool: %j', (name, expected) => {
    expect(headersOf(name)?.toSorted()).toEqual(
      expected.map((line) => `Mcp-Param-${line}`).toSorted(),
    );
  });

  it('are not expected when no tool declares them', () => {
    expect(headersOf('plain')).toBeUndefined();
  });

  it('are published one by one', async () => {
    expect(await schemaOf('single')).toEqual({
      type: 'object',
      properties: {
        region: { description: 'Where', type: 'string', 'x-mcp-header': 'Region' },
        shard: { type: 'integer', default: 1, 'x-mcp-header': 'Shard' },
        isDry: { type: 'boolean', 'x-mcp-header': 'Dry-Run' },
      },
      required: ['region'],
      additionalProperties: false,
    });
  });

  it('of a class and of the class that it extends are published', async () => {
    expect((await schemaOf('whole'))?.properties).toEqual({
      region: { type: 'string', 'x-mcp-header': 'Region' },
      tenant: { type: 'string', 'x-mcp-header': 'Tenant' },
      shard_no: { type: 'integer', 'x-mcp-header': 'Shard' },
      sql: { type: 'string' },
    });
  });

  it('are published with their own rules', async () => {
    expect((await schemaOf('ruled'))?.properties).toEqual({
      mode: { type: 'string', enum: ['a', 'b'], 'x-mcp-header': 'Mode' },
    });
  });

  it('are accepted like any other argument from a client that does not send the headers', async () => {
    expect(await client.callText('single', { region: 'a', isDry: true })).toBe(
      '{"region":"a","shard":1,"isDry":true}',
    );
    expect(await client.callText('whole', { region: 'a', shard_no: 2, sql: '' })).toContain(
      '"shard":2',
    );
    expect(await client.callText('zoned', { zone: 'z' })).toBe('z');
  });

  it('may be omitted under @IsOptional(), and are never null, which has no header', async () => {
    const call = client.callText('whole', { region: 'a', shard_no: 2, sql: '', tenant: null });
    await expect(call).rejects.toThrow('tenant: must be a string');
  });
});
