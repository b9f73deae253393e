import type { INestApplication, LoggerService } from '@nestjs/common';
import { Exclude } from 'class-transformer';
import { type } from 'arktype';
import { IsInt, IsString, Max } from 'class-validator';
import { Client as ClientV2, SSEClientTransport as SseV2 } from '@modelcontextprotocol/client';
import { McpTool, McpToolType } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import * as v from 'valibot';
import { z } from 'zod';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

class Order {
  @IsString()
  id!: string;

  @IsInt()
  @Max(9)
  count!: number;
}

class StoredOrder extends Order {
  @Exclude()
  secret = 'xyzzy';
}

const order = (count: unknown): Order => Object.assign(new StoredOrder(), { id: 'a', count });

const Row = z.object({ id: z.string(), at: z.iso.datetime() });

@McpToolType()
class OutputTools {
  @McpTool({ title: 'An order', readOnly: true, output: Order })
  order(): Order {
    return order(1);
  }

  @McpTool({ output: Order })
  async plain(): Promise<object> {
    return { id: 'a', count: 1 };
  }

  @McpTool({ output: Row })
  stripped(): object {
    return { id: 'a', at: '2026-01-01T00:00:00Z', secret: 'xyzzy' };
  }

  @McpTool({ output: z.array(Row) })
  list(): object[] {
    return [{ id: 'a', at: '2026-01-01T00:00:00Z' }];
  }

  @McpTool({ output: type('string > 1') })
  text(): string {
    return 'two words';
  }

  @McpTool({ output: { type: ['integer', 'null'] } })
  nothing(): void {}

  @McpTool({
    output: { type: 'object', properties: { at: { type: 'string', format: 'date-time' } } },
  })
  date(): object {
    return { at: new Date(0) };
  }

  @McpTool({
    output: { schema: v.object({ n: v.number() }), jsonSchema: { type: 'object' } },
  })
  paired(): object {
    return { n: 1 };
  }

  @McpTool({ output: Row })
  own(): object {
    const structuredContent = { id: 'a', at: '2026-01-01T00:00:00Z' };
    return { content: [{ type: 'text', text: 'own words' }], structuredContent };
  }

  @McpTool({ output: Row })
  ownError(): object {
    return { content: [{ type: 'text', text: 'no such row' }], isError: true };
  }

  @McpTool()
  free(): object {
    return { content: [{ type: 'text', text: 'free' }], structuredContent: { any: 1 } };
  }

  @McpTool({ output: Order })
  wrongOrder(): Order {
    return order(12_345_678);
  }

  @McpTool({ output: Order })
  extraMember(): object {
    return { id: 'a', count: 1, passwordHash: 'xyzzy' };
  }

  @McpTool({ output: Row })
  wrongRow(): object {
    return { id: 12_345_678 };
  }

  @McpTool({ output: type({ id: 'number < 5' }) })
  wrongArk(): object {
    return { id: 12_345_678 };
  }

  @McpTool({
    output: { schema: v.object({ n: v.literal(1) }), jsonSchema: { type: 'object' } },
  })
  wrongPair(): object {
    return { n: 12_345_678 };
  }

  /** Its validator accepts values that the JSON Schema beside it does not. */
  @McpTool({
    output: { schema: v.any(), jsonSchema: { type: 'object', required: ['id'] } },
  })
  wrongBeside(): object {
    return {};
  }

  @McpTool({ output: { type: 'object', properties: { n: { enum: [1] } } } })
  wrongRaw(): object {
    return { n: 12_345_678 };
  }

  @McpTool({ output: Row })
  wrongOwn(): object {
    return { content: [], structuredContent: { id: 12_345_678 } };
  }

  @McpTool({ output: Row })
  ownWithout(): object {
    return { content: [{ type: 'text', text: 'xyzzy' }] };
  }

  @McpTool({ output: Row })
  none(): void {}

  @McpTool({ output: { type: 'object' } })
  digits(): object {
    return { n: 1n };
  }
}

const ROW = { id: 'a', at: '2026-01-01T00:00:00Z' };

/** The tool, its text, and its structured content in 2025-06-18 and later. */
const RIGHT: [string, string, unknown][] = [
  ['order', '{"id":"a","count":1}', { id: 'a', count: 1 }],
  ['plain', '{"id":"a","count":1}', { id: 'a', count: 1 }],
  ['stripped', JSON.stringify(ROW), ROW],
  ['list', JSON.stringify([ROW]), { result: [ROW] }],
  ['text', 'two words', { result: 'two words' }],
  ['nothing', 'null', { result: null }],
  ['date', '{"at":"1970-01-01T00:00:00.000Z"}', { at: '1970-01-01T00:00:00.000Z' }],
  ['paired', '{"n":1}', { n: 1 }],
  ['own', 'own words', ROW],
  ['free', 'free', { any: 1 }],
  ['digits', '{"n":"1"}', { n: '1' }],
];

const WRONG: [string, RegExp][] = [
  ['wrong_order', /- count: must not be greater than 9 \(max\)/],
  ['extra_member', /- passwordHash: is not an argument/],
  ['wrong_row', /- id: must be string \(invalid_type\)\n- at: must be string \(invalid_type\)/],
  ['wrong_ark', /- id: must be less than 5 \(max\)/],
  ['wrong_pair', /- n: must be 1 \(literal\)/],
  ['wrong_beside', /- id: is missing \(required\)/],
  ['wrong_raw', /- n: must be one of 1 \(enum\)/],
  ['wrong_own', /- id: must be string/],
  ['own_without', /- it has no structuredContent/],
  ['none', /- must be object \(invalid_type\)/],
];

describe.each(PLATFORMS)('a tool with an output, on %s', (platform) => {
  const errors: string[] = [];
  const logger: LoggerService = {
    log: () => undefined,
    warn: () => undefined,
    error: (...parts: unknown[]) => errors.push(parts.join('\n')),
  };
  let app: INestApplication;
  let url: URL;
  let client: McpTestClient;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [OutputTools], logger }));
    client = await McpTestClient.over(app, 'sse');
    // The official client compiles the schemas of the listed tools, and validates results against them.
    await client.listTools();
  });
  beforeEach(() => (errors.length = 0));
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  it.each(RIGHT)(
    '%s returns its value as text and as structured content',
    async (name, text, value) => {
      const result = await client.callTool(name);
      expect(result).toEqual({ content: [{ type: 'text', text }], structuredContent: value });
    },
  );

  it('may fail with its own message', async () => {
    await expect(client.callTool('own_error')).resolves.toEqual({
      content: [{ type: 'text', text: 'no such row' }],
      isError: true,
    });
  });

  it.each(WRONG)('%s sends nothing of an invalid value, and logs it', async (name, words) => {
    const result = await client.callTool(name);
    const [block] = result.content;
    const text = block?.type === 'text' ? block.text : '';
    const [, reference = 'none'] = /\(ref ([0-9a-f]{8})\)$/.exec(text) ?? [];
    expect(result).toEqual({
      content: [{ type: 'text', text: `An error occurred invoking '${name}' (ref ${reference})` }],
      isError: true,
    });
    const logged = errors.join('\n');
    expect(logged).toMatch(words);
    expect(logged).toContain(reference);
    expect(logged).not.toMatch(/xyzzy|12345678/);
  });

  it('passes the checks of the official client 2.x', async () => {
    const v2 = new ClientV2({ name: 'client', version: '1' });
    await v2.connect(new SseV2(new URL('/sse', url)));
    await v2.listTools();
    for (const [name, , value] of RIGHT)
      expect(await v2.callTool({ name, arguments: {} })).toMatchObject({
        structuredContent: value,
      });
    await v2.close();
  });

  describe.each([
    ['2024-11-05', ['description', 'inputSchema', 'name']],
    ['2025-03-26', ['annotations', 'description', 'inputSchema', 'name']],
    ['2025-06-18', ['annotations', 'description', 'inputSchema', 'name', 'outputSchema', 'title']],
    ['2025-11-25', ['annotations', 'description', 'inputSchema', 'name', 'outputSchema', 'title']],
  ])('for a client of %s', (revision, members) => {
    const isStructured = members.includes('outputSchema');
    let wire: SseWire;

    beforeAll(async () => {
      wire = await SseWire.open(new URL('/sse', url));
      await wire.initialize(revision);
    });
    afterAll(() => wire.close());

    it('lists the schemas that the revision has', async () => {
      const { result } = await wire.call('listing', 'tools/list');
      const { tools } = result as { tools: Record<string, unknown>[] };
      const [listed = {}] = tools;
      const known = members.filter((member) => member !== 'description');
      expect(Object.keys(listed).toSorted()).toEqual(known);
      for (const { outputSchema } of tools.filter(({ name }) => name !== 'free'))
        expect(outputSchema).toEqual(
          isStructured ? expect.objectContaining({ type: 'object' }) : undefined,
        );
    });

    it.each(RIGHT)(
      '%s returns the structured content that the revision has',
      async (name, text, value) => {
        const { result } = await wire.call(name, 'tools/call', { name });
        expect(result).toEqual({
          content: [{ type: 'text', text }],
          ...(isStructured && { structuredContent: value }),
        });
      },
    );

    it.each(WRONG)('%s returns an error', async (name) => {
      const { result } = await wire.call(name, 'tools/call', { name });
      expect(result).toEqual({ content: [expect.anything()], isError: true });
    });
  });
});
