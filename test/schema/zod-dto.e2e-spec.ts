import type { INestApplication } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { McpBootException, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { createZodDto, ZodValidationPipe } from 'nestjs-zod';
import { z } from 'zod';
import { startApp } from '../support/app/test-app.js';

const Sized = z.object({
  size: z.string().transform(Number).pipe(z.number()),
  unit: z.enum(['c', 'k']).default('c'),
});
class SizedDto extends createZodDto(Sized) {}
class ListDto extends createZodDto(z.array(z.int())) {}
const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree).optional();
  },
});
class TreeDto extends createZodDto(Tree) {}
class UniqueDto extends createZodDto(
  z.object({
    name: z.string().refine(async (name) => Promise.resolve(name !== 'used'), 'is in use'),
  }),
) {}
const At = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const Price = z.codec(z.string(), z.number(), { decode: Number, encode: String });
class MomentDto extends createZodDto(z.object({ at: At, price: Price.optional() }), {
  codec: true,
}) {}

/** A Standard Schema by hand, as a static property. */
class Plain {
  static readonly '~standard' = {
    version: 1 as const,
    vendor: 'hand',
    validate: (value: unknown) =>
      typeof value === 'object' && value !== null && 'name' in value
        ? { value: { name: String(value.name), isMade: true } }
        : { issues: [{ message: 'must have a name' }] },
    jsonSchema: {
      input: () => ({
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
      }),
      output: () => ({ type: 'object' }),
    },
  };
  name!: string;
}

class Mixed {
  @IsString() title!: string;
  @ValidateNested() @Type(() => SizedDto) sized!: SizedDto;
  @ValidateNested({ each: true }) @Type(() => SizedDto) many!: SizedDto[];
  @IsOptional() @Type(() => TreeDto) tree?: TreeDto;
}

@McpToolType()
class Tools {
  calls: unknown[][] = [];
  private called(...args: unknown[]): string {
    this.calls.push(args);
    return 'ok';
  }
  @McpTool() whole(@Param() given: SizedDto): string {
    return this.called(given);
  }
  @McpTool() plain(@Param() given: Plain): string {
    return this.called(given);
  }
  @McpTool() unique(@Param() given: UniqueDto): string {
    return this.called(given);
  }
  @McpTool({ input: SizedDto }) picked(@Param('size') size: number, @Param('unit') unit: string) {
    return this.called(size, unit);
  }
  @McpTool() named(
    @Param('sized', 'How large') sized: SizedDto,
    @Param('list', { optional: true }) list?: ListDto,
    @Param('unique', { optional: true }) unique?: UniqueDto,
    @Param('trees', { items: TreeDto, optional: true }) trees?: TreeDto[],
  ): string {
    return this.called(sized, list, unique, trees);
  }
  @McpTool() mixed(@Param() given: Mixed): string {
    return this.called(given);
  }
  @McpTool({ output: SizedDto }) result() {
    return { size: '5' };
  }
  @McpTool({ output: MomentDto }) moment(@Param() { at }: MomentDto) {
    return { at: new Date(at.getTime() + 1), price: 5 };
  }
  @McpTool({ output: MomentDto }) wrong() {
    return { at: 5 };
  }
}

const text = { type: 'string' };
const unit = { ...text, enum: ['c', 'k'], default: 'c' };
const SIZED = { type: 'object', properties: { size: text, unit }, required: ['size'] };

describe('a class with a Standard Schema', () => {
  let app: INestApplication;
  let client: McpTestClient;
  const last = () => app.get(Tools).calls.at(-1);

  beforeAll(async () => {
    const providers = [Tools, { provide: APP_PIPE, useClass: ZodValidationPipe }];
    ({ app } = await startApp({ providers }));
    client = await McpTestClient.connect(app);
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  const schemaOf = async (name: string, kind: 'inputSchema' | 'outputSchema' = 'inputSchema') =>
    (await client.listTools()).find((tool) => tool.name === name)?.[kind];

  it('publishes its JSON Schema as that of the arguments', async () => {
    expect(await schemaOf('whole')).toMatchObject(SIZED);
    expect(await schemaOf('picked')).toMatchObject(SIZED);
    expect(await schemaOf('plain')).toEqual({
      type: 'object',
      properties: { name: text },
      required: ['name'],
    });
  });

  it('publishes its JSON Schema as a definition where it is nested', async () => {
    expect(await schemaOf('named')).toMatchObject({
      properties: {
        sized: { description: 'How large', $ref: '#/$defs/SizedDto' },
        list: { $ref: '#/$defs/ListDto' },
        trees: { type: 'array', items: { $ref: '#/$defs/TreeDto' } },
      },
      required: ['sized'],
      $defs: {
        SizedDto: SIZED,
        ListDto: { type: 'array', items: { type: 'integer' } },
        TreeDto: {
          properties: { children: { type: 'array', items: { $ref: '#/$defs/TreeDto' } } },
        },
      },
    });
    expect(await schemaOf('mixed')).toMatchObject({
      properties: {
        sized: { $ref: '#/$defs/SizedDto' },
        many: { type: 'array', items: { $ref: '#/$defs/SizedDto' } },
        tree: { $ref: '#/$defs/TreeDto' },
      },
      required: ['title', 'sized', 'many'],
    });
  });

  const tree = { name: 'a', children: [{ name: 'b' }] };
  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['whole', { size: '5' }, [{ size: 5, unit: 'c' }]],
    ['plain', { name: 'a' }, [{ name: 'a', isMade: true }]],
    ['unique', { name: 'a' }, [{ name: 'a' }]],
    ['picked', { size: '5', unit: 'k' }, [5, 'k']],
    ['named', { sized: { size: '5' } }, [{ size: 5, unit: 'c' }, undefined, undefined, undefined]],
    [
      'named',
      { sized: { size: '5' }, list: [1], unique: { name: 'a' }, trees: [tree] },
      [{ size: 5, unit: 'c' }, [1], { name: 'a' }, [tree]],
    ],
    [
      'mixed',
      { title: 'a', sized: { size: '1' }, many: [{ size: '2', unit: 'k' }], tree },
      [
        {
          title: 'a',
          sized: { size: 1, unit: 'c' },
          many: [{ size: 2, unit: 'k' }],
          tree,
        },
      ],
    ],
  ])('passes the parsed value to %s for %j', async (name, given, expected) => {
    await client.callTool(name, given);
    expect(last()).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['whole', { size: 5 }, 'size: '],
    ['whole', {}, 'size: is missing'],
    ['plain', {}, 'must have a name'],
    ['unique', { name: 'used' }, 'name: is in use'],
    ['named', { sized: { size: 5 } }, 'sized.size: '],
    ['named', {}, 'sized: is missing'],
    ['named', { sized: { size: '1' }, list: ['a'] }, 'list[0]: '],
    ['named', { sized: { size: '1' }, unique: { name: 'used' } }, 'unique.name: is in use'],
    ['named', { sized: { size: '1' }, trees: [{ name: 1 }] }, 'trees[0].name: '],
    ['mixed', { title: 'a', sized: { size: 1 }, many: [{ size: 2 }] }, 'many[0].size: '],
    ['mixed', { title: 5, sized: { size: 1 }, many: [] }, 'title: must be a string'],
  ])('refuses for %s %j with the path', async (name, given, words) => {
    const result = await client.callTool(name, given);
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain(words);
  });

  it('describes and checks results', async () => {
    expect(await schemaOf('result', 'outputSchema')).toMatchObject({ type: 'object' });
    const result = await client.callTool('result');
    expect(result.structuredContent).toEqual({ size: 5, unit: 'c' });
  });

  it('encodes results if it is a codec', async () => {
    const result = await client.callTool('moment', { at: '2026-01-31T12:00:00.000Z' });
    expect(result.structuredContent).toEqual({ at: '2026-01-31T12:00:00.001Z', price: '5' });
    await expect(client.callTool('wrong')).resolves.toMatchObject({ isError: true });
  });

  it('stops the start if its schema is not that of an object', async () => {
    @McpToolType()
    class Wrong {
      @McpTool() list(@Param() given: ListDto): string {
        return String(given);
      }
    }
    const starting = startApp({ providers: [Wrong] });
    await expect(starting).rejects.toThrow(McpBootException);
    await expect(starting).rejects.toThrow('MCP011 Wrong.list(): arguments are an object');
  });
});
