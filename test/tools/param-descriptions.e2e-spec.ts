import { createParamDecorator } from '@nestjs/common';
import { IsString, MaxLength, Min } from 'class-validator';
import { Ctx, Description, McpContext, McpTool, McpToolType, Param, Signal } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { startApp } from '../support/app/test-app.js';

enum Unit {
  Celsius = 'c',
}

@Description('Of the class')
class Order {
  @IsString()
  id!: string;
}

const Caller = createParamDecorator(() => 'caller');

/** One method per way to write the text, each with the argument `x`. */
@McpToolType()
class Described {
  @McpTool()
  after(@Param('x') @Description('words') x: string): string {
    return x;
  }
  @McpTool()
  before(@Description('words') @Param('x') x: string): string {
    return x;
  }
  @McpTool()
  short(@Param('x', 'words') x: string): string {
    return x;
  }
  @McpTool()
  number(@Param('x', Min(1)) @Description('words') _x: number): void {}
  @McpTool()
  flag(@Description('words') @Param('x') _x: boolean): void {}
  @McpTool()
  texts(@Param('x', { items: String }) @Description('words') _x: string[]): void {}
  @McpTool()
  unit(@Description('words') @Param('x', { enum: Unit }) _x: Unit): void {}
  @McpTool()
  optional(@Param('x', { optional: true }, MaxLength(3)) @Description('words') _x?: string): void {}
  @McpTool()
  nullable(
    @Param('x', { type: String, nullable: true }) @Description('words') _x: string | null,
  ): void {}
  @McpTool()
  order(@Param('x') @Description('words') _x: Order): void {}
  @McpTool()
  orders(@Param('x', { items: Order }) @Description('words') _x: Order[]): void {}
  @McpTool()
  both(@Param('x', 'words') @Description('other words') _x: string): void {}
  @McpTool()
  bothInOptions(
    @Description('other words') @Param('x', { description: 'words' }) _x: string,
  ): void {}
  @McpTool()
  second(ctx: McpContext, @Param('x') @Description('words') x: string): string {
    return `${ctx.tool.name} ${x}`;
  }
}

class Heirs extends Described {}

@McpToolType()
class Whole {
  @McpTool()
  described(@Param() @Description('words') _order: Order): void {}
  @McpTool()
  short(@Param(undefined, 'words') _order: Order): void {}
  @McpTool()
  plain(@Param() _order: Order): void {}
}

@McpToolType()
class Overriding extends Described {
  @McpTool()
  override after(@Param('x') x: string): string {
    return x;
  }
}

/** Texts that no model could see. */
@McpToolType()
class Idle {
  @McpTool()
  undecorated(@Description('words') _x: string): void {}
  @McpTool()
  context(@Ctx() @Description('words') _x: unknown): void {}
  @McpTool()
  contextByType(@Description('words') _x: McpContext): void {}
  @McpTool()
  signal(@Description('words') @Signal() _x: AbortSignal): void {}
  @McpTool()
  own(@Caller() @Description('words') _x: string): void {}
  @McpTool()
  second(@Param('a') _a: string, @Caller() @Description('words') _x: string): void {}
  @McpTool({ input: { type: 'object', properties: { x: { type: 'string' } } } })
  input(@Param('x') @Description('words') _x: string): void {}
}

/** What two decorators, or one that means something else, bind. */
@McpToolType()
class Contested {
  @McpTool()
  twice(@Param('a') @Param('b') _x: string): void {}
  @McpTool()
  twiceTheSame(@Param('a') @Param('a') _x: string): void {}
  @McpTool()
  context(@Param('a') @Ctx() _x: string): void {}
  @McpTool()
  contextByType(@Param('a') _x: McpContext): void {}
  @McpTool()
  own(@Caller() @Param('a') _x: string): void {}
}

@McpToolType()
class IdleOptions {
  @McpTool()
  optional(@Param(undefined, { optional: true }) _x: Order): void {}
  @McpTool()
  several(@Param(undefined, { default: {}, nullable: true }, MaxLength(1)) _x: Order): void {}
}

@McpToolType()
class TwiceContext {
  @McpTool()
  context(@Ctx() ctx: McpContext): string {
    return ctx.tool.name;
  }
}

type Tools = new () => object;

/** The published schemas of a class. */
async function schemasOf(type: Tools) {
  const { app } = await startApp({ providers: [type] });
  try {
    const client = await McpTestClient.connect(app);
    const tools = (await client.listTools()).map(
      ({ name, inputSchema }) => [name, inputSchema] as const,
    );
    await client.close();
    return new Map(tools);
  } finally {
    await app.close();
  }
}

async function problemsOf(type: Tools): Promise<string> {
  return startApp({ providers: [type] }).then(async ({ app }) => {
    await app.close();
    return 'none';
  }, String);
}

describe('@Description() on a parameter', () => {
  it.each([Described, Heirs])(
    'is what the model reads, for every kind of argument',
    async (type) => {
      const schemas = await schemasOf(type);
      expect(schemas.size).toBe(14);
      for (const [name, { properties }] of schemas)
        expect({ name, x: properties?.['x'] }).toMatchObject({ name, x: { description: 'words' } });
    },
  );

  it('describes the arguments as a whole beside @Param() without a name, as its text does', async () => {
    const schemas = await schemasOf(Whole);
    expect([...schemas].map(([name, { description }]) => [name, description])).toEqual([
      ['described', 'words'],
      ['short', 'words'],
      ['plain', 'Of the class'],
    ]);
  });

  it('does not describe a parameter of a method that overrides its own', async () => {
    const schemas = await schemasOf(Overriding);
    expect(schemas.get('after')?.properties).toEqual({ x: { type: 'string' } });
  });

  it.each([
    ['undecorated', 1],
    ['context', 1],
    ['contextByType', 1],
    ['signal', 1],
    ['own', 1],
    ['second', 2],
  ])('stops the start where there is no argument: %s', async (method, position) => {
    const report = (await problemsOf(Idle))
      .split('\n')
      .filter((line) => line.includes(`.${method}()`));
    expect(report).toEqual([
      `  MCP057 Idle.${method}(): parameter ${position} has @Description(), but no @Param(), so it is not an argument and no model sees the text. Put @Param('name') on it too, or remove @Description().`,
    ]);
  });

  it('stops the start beside an input, which describes the arguments itself', async () => {
    await expect(problemsOf(Idle)).resolves.toContain(
      "MCP017 Idle.input(): @Param('x') has a description, options or rules beside the input",
    );
  });

  it('is refused on a parameter of a constructor', () => {
    const decorate = Description('words');
    expect(() => decorate(Order, undefined, 0)).toThrow('not of a constructor');
  });
});

describe('a parameter with two sources', () => {
  it.each(['twice', 'twiceTheSame', 'context', 'contextByType', 'own'])(
    'stops the start: %s',
    async (method) => {
      await expect(problemsOf(Contested)).resolves.toContain(
        `MCP057 Contested.${method}(): parameter 1 has two decorators that pass a value to it, and only one of them can.`,
      );
    },
  );

  it('is not one with the context by type and by decorator', async () => {
    await expect(problemsOf(TwiceContext)).resolves.toBe('none');
  });
});

describe('@Param() without a name', () => {
  it.each([
    ['optional', '`optional`'],
    ['several', '`default`, `nullable`, its rules'],
  ])('refuses what describes a single argument: %s', async (method, parts) => {
    await expect(problemsOf(IdleOptions)).resolves.toContain(
      `MCP057 IdleOptions.${method}(): @Param() without a name binds all arguments, so ${parts} would have no effect.`,
    );
  });
});
