import {
  createParamDecorator,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  ParseIntPipe,
  type PipeTransform,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Ctx, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { startApp } from '../support/app/test-app.js';

@Injectable()
class Rates {
  readonly euro = 2;
}

@Injectable()
class ToEuro implements PipeTransform<number, number> {
  constructor(private readonly rates: Rates) {}
  transform(value: number): number {
    return value * this.rates.euro;
  }
}

const trim: PipeTransform<string, string> = { transform: (value) => value.trim() };

const Agent = createParamDecorator((suffix: string, context: ExecutionContext) => {
  const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
  return `${headers['user-agent'] ?? ''}${suffix}`;
});

class Line {
  @IsString()
  sku!: string;
  @IsInt()
  @Min(1)
  count!: number;
}
class Order {
  @MaxLength(3)
  @IsString()
  customer!: string;
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}

@McpToolType()
class ArgumentTools {
  /** The arguments that tools were called with. Empty when no tool ran. */
  calls: unknown[][] = [];

  private called(...args: unknown[]): string {
    this.calls.push(args);
    return 'ok';
  }

  @McpTool()
  ruled(
    @Param('limit', 'How many', IsInt(), Max(100)) limit: number,
    @Param('name', MaxLength(3)) name: string,
    @Param('tags', { items: String }) tags: string[],
  ): string {
    return this.called(limit, name, tags);
  }

  @McpTool()
  loose(
    @Param('a', { default: 5 }) a = 5,
    @Param('b', { optional: true, type: String }) b?: string,
    @Param('c', { nullable: true, type: String }) c: string | null = null,
  ): string {
    return this.called(a, b, c);
  }

  @McpTool()
  initialized(@Param('a', { optional: true, type: Number }) a = 7): string {
    return this.called(a);
  }

  @McpTool()
  piped(
    @Param('text', trim) text: string,
    @Param('price', ToEuro) price: number,
    @Param('count', { type: String }, ParseIntPipe) count: number,
  ): string {
    return this.called(text, price, count);
  }

  @McpTool()
  order(@Param() order: Order): string {
    return this.called(order, order instanceof Order, order.lines[0] instanceof Line);
  }

  @McpTool()
  mixed(@Agent('!') agent: string, @Param('x') x: string, ctx: McpContext): string {
    return this.called(agent.endsWith('!'), x, ctx instanceof McpContext);
  }

  @McpTool()
  context(@Ctx() ctx: unknown, @Param('x') x: string): string {
    return this.called(ctx instanceof McpContext, x);
  }

  @McpTool()
  contextOnly(ctx: McpContext): string {
    return this.called(ctx.signal.aborted, typeof ctx.progress);
  }

  @McpTool()
  nothing(): string {
    return this.called();
  }
}

describe('the arguments of a tool', () => {
  let app: INestApplication;
  let client: McpTestClient;
  let tools: ArgumentTools;

  beforeAll(async () => {
    ({ app } = await startApp({ providers: [ArgumentTools, Rates, ToEuro] }));
    client = await McpTestClient.over(app, 'sse');
    tools = app.get(ArgumentTools);
  });
  beforeEach(() => (tools.calls = []));
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  it.each([
    ['a left-out default, optional and nullable', 'loose', { c: null }, [5, undefined, null]],
    ['all of them given', 'loose', { a: 1, b: 'b', c: 'c' }, [1, 'b', 'c']],
    ['the initializer of an optional parameter', 'initialized', {}, [7]],
    ['pipes given to @Param', 'piped', { text: ' a ', price: 21, count: '12' }, ['a', 42, 12]],
    ['a decorator of the application', 'mixed', { x: 'a' }, [true, 'a', true]],
    ['@Ctx()', 'context', { x: 'a' }, [true, 'a']],
    ['a context by type', 'context_only', {}, [false, 'function']],
    ['no arguments at all', 'nothing', {}, []],
  ])('reach the method with %s', async (_, name, args, called) => {
    await expect(client.callText(name, args)).resolves.toBe('ok');
    expect(tools.calls).toEqual([called]);
  });

  it('reach the method as instances of its class and of the nested ones', async () => {
    const order = { customer: 'Ada', lines: [{ sku: 'a', count: 1 }] };
    await client.callText('order', order);
    expect(tools.calls).toEqual([[order, true, true]]);
  });

  it.each([
    [
      'ruled',
      { limit: 101.5, name: 'long', tags: 'a' },
      [
        'limit: must not be greater than 100 (max)',
        'limit: must be an integer number (isInt)',
        'name: must be shorter than or equal to 3 characters (maxLength)',
        'tags: must be an array (isArray)',
      ],
    ],
    ['ruled', {}, ['limit: is missing; ', 'name: is missing; ', 'tags: is missing; ']],
    ['loose', { a: '1', b: null }, ['a: must be a number', 'b: must be a string', 'c: is missing']],
    [
      'order',
      { customer: 'Grace', lines: [{ sku: 1, count: 1 }, { sku: 'a' }, {}] },
      [
        'customer: must be shorter than or equal to 3 characters (maxLength)',
        'lines: must contain no more than 2 elements (arrayMaxSize)',
        'lines[0].sku: must be a string (isString)',
        'lines[1].count: is missing; must be an integer number (isInt)',
        'lines[2].sku: is missing; must be a string (isString)',
      ],
    ],
    [
      'ruled',
      { limt: 1 },
      ['limt: is not an argument (whitelistValidation); accepted: limit, name'],
    ],
    ['nothing', { x: 1 }, ['x: is not an argument (whitelistValidation)']],
    ['context', { x: 'a', ctx: {} }, ['ctx: is not an argument (whitelistValidation)']],
  ])(
    'of %s that are invalid are named one by one, and the tool does not run',
    async (name, args, lines) => {
      const { content, isError } = await client.callTool(name, args);
      const [block] = content;
      const text = block?.type === 'text' ? block.text : '';
      expect(isError).toBe(true);
      expect(text).toMatch(new RegExp(`^Invalid arguments for tool '${name}':\n- `));
      for (const line of lines) expect(text).toContain(`\n- ${line}`);
      expect(tools.calls).toEqual([]);
    },
  );

  it.each([
    ['nothing', '{"__proto__":{"polluted":true}}'],
    ['loose', '{"c":null,"__proto__":{"polluted":true}}'],
    ['loose', '{"c":null,"constructor":{"prototype":{"polluted":true}}}'],
    ['loose', '{"c":null,"prototype":{"polluted":true}}'],
    ['order', '{"customer":"Ada","lines":[{"sku":"a","count":1,"__proto__":{"polluted":true}}]}'],
    ['order', '{"customer":"Ada","lines":[],"constructor":{"name":"Object"}}'],
  ])('of %s may not be %s, and pollute nothing', async (name, json) => {
    const args = JSON.parse(json) as Record<string, unknown>;
    await expect(client.callText(name, args)).rejects.toThrow(/__proto__|constructor|prototype/);
    expect({}).not.toHaveProperty('polluted');
    expect(tools.calls).toEqual([]);
  });

  it.each(['toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'])(
    'do not reach the method under the name of %s, a member of every object',
    async (key) => {
      const args = { customer: 'Ada', lines: [], [key]: 1 };
      await expect(client.callText('order', args)).rejects.toThrow(`${key}: is a reserved name`);
      expect(tools.calls).toEqual([]);
    },
  );

  it.each([
    ['mixed', ['x']],
    ['context', ['x']],
    ['context_only', []],
    ['nothing', []],
  ])(
    'of %s are published without the context and the decorators of the application',
    async (name, properties) => {
      const tool = (await client.listTools()).find((listed) => listed.name === name);
      expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(properties);
    },
  );
});
