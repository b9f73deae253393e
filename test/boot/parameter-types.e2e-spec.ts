import { inspect } from 'node:util';
import * as common from '@nestjs/common';
import * as core from '@nestmcp/core';
import { transformSync as swc } from '@swc/core';
import * as validator from 'class-validator';
import { transformSync as esbuild } from 'esbuild';
import ts from 'typescript';
import { McpBootException, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { startApp } from '../support/app/test-app.js';
import { reportOf } from '../support/fixtures/boot-report.js';

const { IsBoolean, IsDate, IsEmail, IsIn, IsInt, IsISO8601, IsString, MaxLength, Min } = validator;
const { ParseDatePipe } = common;

const TOOLS = `
import { IsString } from 'class-validator';
import { McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
export class Order { @IsString() id!: string; }
@McpToolType()
export class Tools {
  @McpTool() echo(@Param('input') input: string): string { return input; }
  @McpTool() mine(@Param('limit') limit: number, ctx: McpContext): string { return ctx.tool.name + limit; }
  @McpTool() place(@Param() order: Order): string { return order.id; }
  @McpTool() none(): string { return 'none'; }
}
`;

/** The same with every type written down, as a compiler without metadata needs it. */
const WRITTEN = `
import { IsString } from 'class-validator';
import { Ctx, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
export class Order { @IsString() id!: string; }
@McpToolType()
export class Tools {
  @McpTool() echo(@Param('input', { type: String }) input: string): string { return input; }
  @McpTool() mine(@Param('limit', { type: Number }) limit: number, @Ctx() ctx: McpContext): string { return ctx.tool.name + limit; }
  @McpTool() place(@Param(undefined, { type: Order }) order: Order): string { return order.id; }
}
`;

const typescript = (source: string, options: ts.CompilerOptions = {}): string =>
  ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      ...options,
    },
  }).outputText;

const WITHOUT_TYPES: Readonly<Record<string, (source: string) => string>> = {
  'tsc without emitDecoratorMetadata': typescript,
  'SWC without decoratorMetadata': (source) =>
    swc(source, {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true },
      },
      module: { type: 'commonjs' },
    }).code,
  'esbuild, and so tsx': (source) =>
    esbuild(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'es2022',
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    }).code,
};

const MODULES: Readonly<Record<string, object>> = {
  '@nestjs/common': common,
  '@nestmcp/core': core,
  'class-validator': validator,
};

function load(code: string, modules = MODULES): Record<string, new () => object> {
  const module = { exports: {} as Record<string, new () => object> };
  // The code must share Array, String and other globals with the code under test.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- our own source
  const run = new Function('module', 'exports', 'require', code) as (...args: unknown[]) => void;
  run(module, module.exports, (name: string) => modules[name]);
  return module.exports;
}

async function problemsOf(type: (new () => object) | undefined): Promise<readonly string[]> {
  const { problems } = await reportOf({ providers: type ? [type] : [] });
  return problems;
}

describe.each(Object.entries(WITHOUT_TYPES))('code that is compiled by %s', (_, compile) => {
  it('is reported once, with the cause and the fix', async () => {
    const problems = await problemsOf(load(compile(TOOLS))['Tools']);
    expect(problems).toEqual([
      expect.stringMatching(
        /^MCP058 the compiler does not emit the types of parameters.+"emitDecoratorMetadata": true.+esbuild.+tsx.+@Ctx\(\)/,
      ),
    ]);
  });

  it('works when the types are written down, as the report says', async () => {
    await expect(problemsOf(load(compile(WRITTEN))['Tools'])).resolves.toEqual([]);
  });
});

const withTypes = (source: string): string => typescript(source, { emitDecoratorMetadata: true });

describe('a compiler that emits the types', () => {
  it('needs nothing else', async () => {
    await expect(problemsOf(load(withTypes(TOOLS))['Tools'])).resolves.toEqual([]);
  });

  it.each([
    ['`import type`', "import type { Order } from './order';"],
    ['an interface', 'interface Order { id: string }'],
    ['an object type', 'type Order = { id: string };'],
  ])('names %s as the cause, for one argument and for all', async (_, order) => {
    const code = withTypes(`
      import { McpTool, McpToolType, Param } from '@nestmcp/core';
      ${order}
      @McpToolType()
      export class Tools {
        @McpTool() all(@Param() order: Order): void {}
        @McpTool() one(@Param('order') order: Order): void {}
      }`);
    await expect(problemsOf(load(code)['Tools'])).resolves.toEqual([
      expect.stringMatching(/^MCP007 Tools\.all\(\): .+`import type`.+import it as a value\.$/),
      expect.stringMatching(
        /^MCP005 Tools\.one\(\): .+`import type`.+Import a class as a value\.$/,
      ),
    ]);
  });

  it('names a circular import as the cause', async () => {
    const code = withTypes(`
      import { McpTool, McpToolType, Param } from '@nestmcp/core';
      import { Order } from './order';
      @McpToolType()
      export class Tools {
        @McpTool() all(@Param() order: Order): void {}
        @McpTool() one(@Param('order') order: Order): void {}
      }`);
    const problems = await problemsOf(load(code, { ...MODULES, './order': {} })['Tools']);
    expect(problems).toEqual([
      expect.stringContaining('two files import each other'),
      expect.stringContaining('in a circle'),
    ]);
  });
});

describe('a standard decorator', () => {
  it('is refused where it is, with the option of the compiler', () => {
    const { code } = esbuild(
      `import { McpTool, McpToolType } from '@nestmcp/core';
       @McpToolType() export class Tools { @McpTool() run() {} }`,
      { loader: 'ts', format: 'cjs', target: 'es2022' },
    );
    expect(() => load(code)).toThrow(
      'MCP058 @McpTool() on run was called as a standard decorator of ECMAScript, which Nest does not support. Set "experimentalDecorators": true',
    );
  });
});

@McpToolType()
class Foreign {
  @McpTool()
  typed(@Param('d', { type: Date }) _d: Date): void {}
  @McpTool()
  declared(@Param('d') _d: Date): void {}
  @McpTool()
  listed(@Param('d', { items: Date }) _d: Date[]): void {}
  @McpTool()
  map(@Param('d') _d: Map<string, string>): void {}
}

@McpToolType()
class DateOfText {
  @McpTool()
  on(@Param('d', { type: String }, IsDate()) _d: unknown): void {}
}

@McpToolType()
class Converted {
  @McpTool()
  year(@Param('d', { type: String }, IsISO8601(), ParseDatePipe) d: Date): number {
    return d.getUTCFullYear();
  }
}

@McpToolType()
class Contradictions {
  @McpTool()
  integerOfText(@Param('n', IsInt()) _n: string): void {}
  @McpTool()
  emailOfNumber(@Param('n', IsEmail()) _n: number): void {}
  @McpTool()
  minimumOfText(@Param('n', Min(1)) _n: string): void {}
  @McpTool()
  lengthOfNumber(@Param('n', { type: 'integer' }, MaxLength(3)) _n: number): void {}
  @McpTool()
  textOfFlag(@Param('n', IsString()) _n: boolean): void {}
  @McpTool()
  flagOfOption(@Param('n', { type: String }, IsBoolean()) _n: unknown): void {}
  @McpTool()
  choiceOfNumber(@Param('n', IsIn(['a', 'b'])) _n: number): void {}
  @McpTool()
  itemsOfTexts(@Param('n', { items: String }, IsInt({ each: true })) _n: string[]): void {}
  @McpTool()
  optional(@Param('n', { default: 5 }, IsEmail()) _n: number): void {}
}

@McpToolType()
class Agreeing {
  @McpTool()
  integer(@Param('n', IsInt(), Min(1)) _n: number): void {}
  @McpTool()
  typed(@Param('n', { type: Number }, IsInt()) _n: string): void {}
  @McpTool()
  items(@Param('n', { items: String }, MaxLength(3, { each: true })) _n: string[]): void {}
}

class Order {
  @IsInt()
  @IsEmail()
  id!: string;
}
@McpToolType()
class OfClass {
  @McpTool()
  place(@Param() _order: Order): void {}
}

describe('a type that JSON does not have', () => {
  it.each(['typed', 'declared', 'listed', 'map'])(
    'stops the start, with a fix: %s',
    async (method) => {
      const problems = await problemsOf(Foreign);
      const [problem] = problems.filter((line) => line.includes(`Foreign.${method}()`));
      expect(problem).toMatch(
        /^MCP005 .+ is not known to JSON: (Date|Map)\. Accept .+ in a pipe: @Param\('d', \{ type: String \}/,
      );
    },
  );

  it('stops the start for a rule about dates on text, with the same fix', async () => {
    const [problem] = await problemsOf(DateOfText);
    expect(problem).toMatch(
      /^MCP011 .+isDate.+It arrives as text: use IsISO8601\(\) in its place, and ParseDatePipe if the method takes a Date\.$/,
    );
  });

  it('is what the pipe of that fix makes', async () => {
    const { app } = await startApp({ providers: [Converted] });
    const client = await McpTestClient.connect(app);
    await client.callTool('year', { d: '2026-02-03T04:05:06Z' }).expectText('2026');
    await client.callTool('year', { d: 'soon' }).expectError(/d/);
    await client.close();
    await app.close();
  });
});

describe('rules that no value can satisfy', () => {
  it.each(Object.getOwnPropertyNames(Contradictions.prototype).slice(1))(
    'stop the start, with the argument and the fix: %s',
    async (method) => {
      const problems = await problemsOf(Contradictions);
      const [problem] = problems.filter((line) => line.includes(`Contradictions.${method}()`));
      expect(problem).toMatch(
        /^MCP011 .+: the argument n has the rules \w+ and \w+, and no value satisfies both: .+ Remove one of them\. The declared type is such a rule, too: declare the other type, or set it, \{ type: Number \}\.$/,
      );
    },
  );

  it('stop it in a class as well', async () => {
    await expect(problemsOf(OfClass)).resolves.toEqual([
      expect.stringMatching(
        /^MCP011 OfClass\.place\(\): Order\.id has the rules \w+ and \w+, and no value/,
      ),
    ]);
  });

  it('are not those that agree', async () => {
    await expect(problemsOf(Agreeing)).resolves.toEqual([]);
  });
});

describe('the report of a failed start', () => {
  it('has each problem once, however it is printed', () => {
    const exception = new McpBootException(['MCP900 first', 'MCP901 second']);
    for (const text of [inspect(exception), String(exception), exception.stack ?? ''])
      expect(text.match(/MCP900/g)).toHaveLength(1);
    expect(exception.problems).toEqual(['MCP900 first', 'MCP901 second']);
    const edit = new core.McpEditException(['MCP902 third']);
    expect(inspect(edit).match(/MCP902/g)).toHaveLength(1);
    expect(edit.problems).toEqual(['MCP902 third']);
  });
});
