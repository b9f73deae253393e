import {
  Get,
  Injectable,
  Module,
  type ModuleMetadata,
  Param as NestParam,
  Query,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsString, ValidateNested } from 'class-validator';
import { McpBootException, McpHeader, McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';

@McpToolType()
class Echo {
  @McpTool()
  echo(): void {}
}

@McpToolType()
class AlsoEcho {
  @McpTool({ name: 'echo' })
  repeat(): void {}
}

@Injectable()
class Unmarked {
  @McpTool()
  run(): void {}
}

@McpToolType()
class BadNames {
  @McpTool({ name: 'with space' })
  spaced(): void {}
  @McpTool({ name: 'x'.repeat(129) })
  long(): void {}
  @McpTool({ name: '' })
  empty(): void {}
  @McpTool()
  日本(): void {}
}

@McpToolType()
class Unbound {
  @McpTool()
  bare(_input: string): void {}
  @McpTool()
  second(@Param('a') _a: string, _b: Date): void {}
}

@McpToolType()
class Untyped {
  @McpTool()
  union(@Param('x') _x: string | number): void {}
  @McpTool()
  list(@Param('x') _x: string[]): void {}
  @McpTool()
  date(@Param('x') _x: Date): void {}
}

@McpToolType()
class Initializers {
  @McpTool()
  typed(@Param('times') _times: number = 1): void {}
  @McpTool()
  bare(@Param('a') _a: string, @Param('times') _times = 1): void {}
}

class NoRules {
  text!: string;
}
class HoldsNoRules {
  @IsString()
  text!: string;
}

@McpToolType()
class WithoutRules {
  @McpTool()
  whole(@Param() _dto: NoRules): void {}
  @McpTool()
  named(@Param('dto') _dto: NoRules): void {}
  @McpTool()
  object(@Param() _dto: { text: string }): void {}
}

@McpToolType()
class Mixed {
  @McpTool()
  run(@Param() _dto: HoldsNoRules, @Param('text') _text: string): void {}
}

@McpToolType()
class Twice {
  @McpTool()
  run(@Param('text') _a: string, @Param('text') _b: string): void {}
}

class Untold {
  @ValidateNested()
  inner!: HoldsNoRules;
}

@McpToolType()
class Unpublishable {
  @McpTool()
  nested(@Param() _dto: Untold): void {}
  @McpTool()
  reserved(@Param('constructor') _x: string): void {}
}

@McpToolType()
class NestParams {
  @McpTool()
  param(@NestParam('x') _x: string): void {}
  @McpTool()
  query(@Query('x') _x: string): void {}
}

@McpToolType()
class Limits {
  // Values that a configuration file may have, despite the type.
  @McpTool({ timeout: 'soon' as '1s' })
  time(): void {}
  @McpTool({ concurrency: 0 })
  number(): void {}
}

class HeaderedPlace {
  @McpHeader('City')
  @IsString()
  city!: string;
}

@McpToolType()
class Headers {
  @McpTool()
  name(@Param('x', { header: 'two words' }) _x: string): void {}
  @McpTool()
  twice(
    @Param('x', { header: 'Region' }) _x: string,
    @Param('y', { header: 'region' }) _y: string,
  ): void {}
  @McpTool()
  fraction(@Param('x', { header: 'X' }) _x: number): void {}
  @McpTool()
  nothing(@Param('x', { header: 'X', type: String, nullable: true }) _x: string | null): void {}
  @McpTool()
  list(@Param('x', { header: 'X', items: String }) _x: string[]): void {}
  @McpTool()
  nested(@Param('place') _place: HeaderedPlace): void {}
  @McpTool({
    input: {
      type: 'object',
      properties: { x: { anyOf: [{ type: 'string', 'x-mcp-header': 'X' }] } },
    },
  })
  schema(): void {}
}

/** The boot error of an application with these providers. Undefined when it starts. */
async function problemsOf(metadata: ModuleMetadata): Promise<readonly string[]> {
  const server = McpModule.forRoot({ name: 'boot', version: '1.0.0' });
  const module = { ...metadata, imports: [server, ...(metadata.imports ?? [])] };
  const app = (await Test.createTestingModule(module).compile()).createNestApplication();
  const thrown: unknown = await app.init().catch((error: unknown) => error);
  await app.close();
  return thrown instanceof McpBootException ? thrown.problems : [];
}

const FAULTS = [
  ['MCP001', 'Echo.echo() of', '@McpTool({ name: ', [Echo, AlsoEcho]],
  ['MCP001', 'AlsoEcho.repeat() of', 'two tools are named "echo"', [Echo, AlsoEcho]],
  ['MCP002', 'Unmarked.run()', 'Put @McpToolType() on Unmarked', [Unmarked]],
  ['MCP003', 'BadNames.spaced()', '"with space"', [BadNames]],
  ['MCP003', 'BadNames.long()', '1 to 128', [BadNames]],
  ['MCP003', 'BadNames.empty()', '@McpTool({ name: ', [BadNames]],
  ['MCP003', 'BadNames.日本()', '"日本"', [BadNames]],
  ['MCP004', 'Unbound.bare()', 'parameter 1 (String) has no decorator', [Unbound]],
  ['MCP004', 'Unbound.second()', 'parameter 2 (Date) has no decorator', [Unbound]],
  ['MCP005', 'Untyped.union()', "@Param('x', { type: Number })", [Untyped]],
  ['MCP005', 'Untyped.list()', '{ items: String } for a list', [Untyped]],
  ['MCP005', 'Untyped.date()', 'parameter "x" is not known', [Untyped]],
  ['MCP006', 'Initializers.typed()', "@Param('times', { default: … })", [Initializers]],
  ['MCP006', 'Initializers.bare()', '"times" has an initializer', [Initializers]],
  ['MCP007', 'WithoutRules.whole()', 'NoRules has no class-validator rules', [WithoutRules]],
  ['MCP007', 'WithoutRules.named()', 'Put rules (@IsString(), ', [WithoutRules]],
  ['MCP007', 'WithoutRules.object()', 'the type of @Param() has no', [WithoutRules]],
  ['MCP008', 'Mixed.run()', 'Use one @Param() with a class', [Mixed]],
  ['MCP009', 'Twice.run()', 'the argument "text" twice', [Twice]],
  ['MCP011', 'Unpublishable.nested()', '@Type(() => TheClass)', [Unpublishable]],
  ['MCP011', 'Unpublishable.reserved()', 'constructor has the name of a', [Unpublishable]],
  ['MCP012', 'NestParams.param()', 'uses @Param() of @nestjs/common', [NestParams]],
  ['MCP012', 'NestParams.query()', "Import Param from '@nestmcp/core'", [NestParams]],
  ['MCP015', 'Limits.time()', '"soon" is not a duration', [Limits]],
  ['MCP015', 'Limits.number()', 'a whole number from 1 on', [Limits]],
  ['MCP028', 'Headers.name()', 'the header of argument "x" is not a valid header name', [Headers]],
  ['MCP028', 'Headers.twice()', 'is also the header of argument "x"', [Headers]],
  ['MCP028', 'Headers.fraction()', "{ type: 'integer' } or IsInt()", [Headers]],
  ['MCP028', 'Headers.nothing()', 'string, integer or boolean (without null)', [Headers]],
  ['MCP028', 'Headers.list()', 'string, integer or boolean', [Headers]],
  ['MCP028', 'Headers.nested()', 'a property of a nested class', [Headers]],
  ['MCP028', 'Headers.schema()', 'fix the { header } of its @Param(), the @McpHeader()', [Headers]],
] as const;

describe('an application with invalid tools', () => {
  it.each(FAULTS)(
    'does not start: %s names %s and says "%s"',
    async (code, where, words, tools) => {
      const problems = await problemsOf({ providers: [...tools] });
      const problem = problems.find((line) => line.startsWith(code) && line.includes(where));
      expect(problem).toContain(words);
    },
  );

  it('reports all errors at once', async () => {
    const providers = [...new Set(FAULTS.flatMap(([, , , tools]) => [...tools]))];
    const problems = await problemsOf({ providers });
    const missed = FAULTS.filter(
      ([code, where, words]) =>
        !problems.some(
          (line) => line.startsWith(code) && line.includes(where) && line.includes(words),
        ),
    );
    expect(missed).toEqual([]);
    const report = new McpBootException(problems).message.split('\n');
    expect(report[0]).toBe(`The MCP server cannot start: ${problems.length} problems found.`);
    expect(report.slice(1)).toEqual(problems.map((problem) => `  ${problem}`));
  });

  it('reports which modules provide a class twice', async () => {
    @Module({ providers: [Echo] })
    class FirstModule {}
    @Module({ providers: [Echo] })
    class SecondModule {}
    const [problem] = await problemsOf({ imports: [FirstModule, SecondModule] });
    expect(problem).toContain('Echo.echo() of FirstModule and Echo.echo() of SecondModule');
    expect(problem).toContain('If two modules provide the class, provide it in one of them only');
  });

  it('starts when a decorated class is imported by a file, but not provided', async () => {
    await expect(problemsOf({})).resolves.toEqual([]);
    expect(Unmarked.name).toBe('Unmarked');
  });

  it('may have routes of its own with the parameters of Nest', async () => {
    class Controller {
      @Get(':x')
      read(@NestParam('x') x: string): string {
        return x;
      }
    }
    await expect(problemsOf({ controllers: [Controller] })).resolves.toEqual([]);
  });
});
