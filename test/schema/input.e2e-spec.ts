import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  ParseIntPipe,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { type } from 'arktype';
import { IsInt, IsString } from 'class-validator';
import { McpBootException, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import * as v from 'valibot';
import { z } from 'zod';
import { startApp } from '../support/app/test-app.js';

/** How often the schema of `counted` has validated arguments. */
let looks = 0;

const Counted = z.object({
  text: z.string().transform((text) => {
    looks++;
    return text.length;
  }),
  limit: z.int().default(10),
});

class Order {
  @IsString()
  id!: string;
  @IsInt()
  count!: number;
}

const Deny: CanActivate = {
  canActivate: (context: ExecutionContext) => {
    void context;
    return false;
  },
};

const Sized = v.object({ size: v.pipe(v.string(), v.transform(Number)) });

@McpToolType()
class SchemaTools {
  calls: unknown[][] = [];

  private called(...args: unknown[]): string {
    this.calls.push(args);
    return 'ok';
  }

  @McpTool({ input: Counted })
  counted(@Param() args: z.output<typeof Counted>): string {
    return this.called(args);
  }

  @McpTool({ input: Counted })
  picked(@Param('limit') limit: number, @Param('text') text: number, ctx: McpContext): string {
    return this.called(limit, text, ctx instanceof McpContext);
  }

  @McpTool({ input: Counted })
  both(@Param() args: object, @Param('toString') inherited: unknown): string {
    return this.called(args, inherited);
  }

  @McpTool({ input: Counted })
  @UseGuards(Deny)
  denied(@Param() args: object): string {
    return this.called(args);
  }

  @McpTool({ input: type({ id: 'string', 'tags?': 'string[]' }) })
  ark(@Param() args: object): string {
    return this.called(args);
  }

  @McpTool({
    input: {
      schema: Sized,
      jsonSchema: {
        type: 'object',
        properties: { size: { type: 'string' } },
        required: ['size'],
      },
    },
  })
  sized(@Param('size') size: number): string {
    return this.called(size);
  }

  @McpTool({
    input: {
      type: 'object',
      properties: { n: { type: 'string', pattern: '^\\d+$' } },
      additionalProperties: false,
    },
  })
  raw(@Param('n', ParseIntPipe) n: number): string {
    return this.called(n);
  }

  @McpTool({ input: Order })
  order(@Param() order: Order, @Param('id') id: string): string {
    return this.called(order instanceof Order, id);
  }

  @McpTool({ input: Counted })
  blind(): string {
    return this.called();
  }
}

describe.each([
  ['called directly', []],
  ['behind global pipes', [new ValidationPipe({ transform: true, whitelist: true })]],
])('a tool with an input, %s', (_, pipes) => {
  let app: INestApplication;
  let client: McpTestClient;
  let tools: SchemaTools;

  beforeAll(async () => {
    ({ app } = await startApp({
      providers: [SchemaTools],
      configure: (made) => made.useGlobalPipes(...pipes),
    }));
    client = await McpTestClient.over(app, 'sse');
    tools = app.get(SchemaTools);
  });
  beforeEach(() => {
    tools.calls = [];
    looks = 0;
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['counted', { text: 'four' }, [{ text: 4, limit: 10 }]],
    ['picked', { text: 'four', limit: 3 }, [3, 4, true]],
    ['both', { text: '' }, [{ text: 0, limit: 10 }, undefined]],
    ['ark', { id: 'a', tags: ['b'] }, [{ id: 'a', tags: ['b'] }]],
    ['sized', { size: '12' }, [12]],
    ['raw', { n: '42' }, [42]],
    ['order', { id: 'a', count: 1 }, [true, 'a']],
    ['blind', { text: 'four' }, []],
  ])('%s receives the validated value of %j', async (name, args, called) => {
    await expect(client.callText(name, args)).resolves.toBe('ok');
    expect(tools.calls).toEqual([called]);
  });

  it.each(['counted', 'picked', 'both', 'blind'])(
    'validates the arguments of %s exactly once',
    async (name) => {
      await client.callText(name, { text: 'four' });
      expect(looks).toBe(1);
    },
  );

  it('does not validate arguments when a guard denies the call', async () => {
    await expect(client.callText('denied', { text: 'four' })).rejects.toThrow('Forbidden');
    await expect(client.callText('denied', { text: 4 })).rejects.toThrow('Forbidden');
    expect(looks).toBe(0);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'counted',
      { text: 5 },
      'text: Invalid input: expected string, received number (invalid_type)',
    ],
    ['blind', {}, 'text: is missing; Invalid input: expected string, received undefined'],
    ['ark', { id: 'a', tags: [1] }, 'tags[0]: must be a string (was a number) (domain)'],
    ['sized', { size: 1 }, 'size: Invalid type: Expected string but received 1 (string)'],
    ['raw', { n: 'x' }, 'n: must match pattern "^\\d+$" (pattern)'],
    ['raw', { m: 1 }, 'm: is not in the schema (additionalProperties); accepted: n'],
    ['order', { id: 'a' }, 'count: is missing; must be an integer number (isInt)'],
  ])('%s refuses %j with the messages of all findings', async (name, args, line) => {
    const result = await client.callTool(name, args);
    expect(result.isError).toBe(true);
    expect(result.content).toEqual([
      {
        type: 'text',
        text: expect.stringContaining(`Invalid arguments for tool '${name}':\n- ${line}`) as string,
      },
    ]);
    expect(tools.calls).toEqual([]);
  });

  it.each(['counted', 'ark', 'sized', 'raw', 'order'])(
    'refuses reserved names in arguments of %s',
    async (name) => {
      const args = JSON.parse('{"deep":{"__proto__":{"polluted":1}}}') as Record<string, unknown>;
      await expect(client.callText(name, args)).rejects.toThrow('deep.__proto__: is a reserved');
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it('publishes the input schema, not the output of its transformation', async () => {
    const listed = new Map((await client.listTools()).map((tool) => [tool.name, tool.inputSchema]));
    expect(listed.get('counted')).toEqual({
      type: 'object',
      properties: { text: { type: 'string' }, limit: expect.objectContaining({ default: 10 }) },
      required: ['text'],
    });
    expect(listed.get('picked')).toEqual(listed.get('counted'));
    expect(listed.get('raw')).toHaveProperty('additionalProperties', false);
  });
});

@McpToolType()
class FaultyTools {
  @McpTool({ input: z.string() })
  text(@Param() args: string): string {
    return args;
  }

  @McpTool({ input: Counted })
  ruled(@Param('text', 'Words', IsString()) text: string): string {
    return text;
  }

  @McpTool({ input: { type: 'object', not: { $ref: 'https://example.com/schema' } } })
  far(@Param() args: object): object {
    return args;
  }

  @McpTool({ output: Sized })
  vague(): object {
    return {};
  }
}

describe('an application with unusable inputs and outputs', () => {
  it('does not start, and names all of them', async () => {
    const start = startApp({ providers: [FaultyTools] });
    const { problems } = await start.then(
      async ({ app }) => {
        await app.close();
        throw new Error('it started');
      },
      (error: McpBootException) => error,
    );
    expect(problems).toEqual([
      expect.stringMatching(/^MCP016 FaultyTools.text\(\): the input .* must be of type "object"/),
      expect.stringMatching(
        /^MCP017 FaultyTools.ruled\(\): @Param\('text'\) has a description, options or rules/,
      ),
      expect.stringMatching(/^MCP016 FaultyTools.far\(\): the input .*never fetched/),
      expect.stringMatching(/^MCP016 FaultyTools.vague\(\): the output .*valibot does not provide/),
    ]);
  });
});
