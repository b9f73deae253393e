import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
import { Test } from '@nestjs/testing';
import { reportOf } from '../support/fixtures/boot-report.js';

abstract class Base {
  @McpTool()
  list(@Param('x') x: string): string {
    return x;
  }
  @McpTool()
  kept(): string {
    return 'kept';
  }
}
@McpToolType()
class Overriding extends Base {
  override list(x: string): string {
    return `${x}!`;
  }
}
class DeepOverriding extends Overriding {}
@McpToolType()
class Restored extends Overriding {
  @McpTool()
  override list(@Param('x') x: string): string {
    return x;
  }
}
@McpToolType()
class Bare {
  help(): void {}
}
class BareHeir extends Bare {}
@McpToolType()
class Forgotten {
  @McpTool()
  run(): void {}
}
@McpToolType()
class ForgottenBase {
  @McpTool()
  run(): void {}
}
@McpToolType()
class ForgottenHeir extends ForgottenBase {}

const about = (type: Type, lines: readonly string[]): string[] =>
  lines.filter((line) => new RegExp(`\\b${type.name}\\b`).test(line));

async function start(...imports: NonNullable<ModuleMetadata['imports']>): Promise<string> {
  const app = (await Test.createTestingModule({ imports }).compile()).createNestApplication();
  try {
    return await app.init().then(() => 'started', String);
  } finally {
    await app.close();
  }
}

describe('a tool that is not served', () => {
  it('is named when an override lacks the decorator, with class, method and fix', async () => {
    const fix =
      'MCP055 Overriding.list() overrides a tool of Base without @McpTool(), so it is not served. Put @McpTool() and the decorators of its parameters on it: an overriding method does not inherit them.';
    for (const type of [Overriding, DeepOverriding]) {
      const { problems, warnings } = await reportOf({ providers: [type] });
      expect(problems).toEqual([]);
      expect(about(Overriding, warnings).filter((line) => line.startsWith('MCP055'))).toEqual([
        fix,
      ]);
    }
  });

  it('is not named when a class further down has it again', async () => {
    const { problems, warnings } = await reportOf({ providers: [Restored] });
    expect(problems).toEqual([]);
    expect(warnings.filter((line) => line.startsWith('MCP055'))).toEqual([]);
  });

  it('is named when its class is marked and has none', async () => {
    const { warnings } = await reportOf({ providers: [Bare] });
    expect(about(Bare, warnings)).toEqual([
      'MCP054 Bare is marked with @McpToolType(), but has no tool. Put @McpTool() on a method, or remove @McpToolType().',
    ]);
    const heir = await reportOf({ providers: [BareHeir] });
    expect(about(BareHeir, heir.warnings)).toEqual([]);
  });

  it('is named when no module provides its class, until one does, and with the nearest class only', async () => {
    const first = await reportOf({});
    expect(about(Forgotten, first.warnings)).toEqual([
      'MCP054 Forgotten is marked with @McpToolType(), but no module provides it, so it is not served. Put it into the providers of a module that the application imports. (A module that is loaded later may provide it.)',
    ]);
    expect(about(ForgottenHeir, first.warnings)).toHaveLength(1);
    expect(about(ForgottenBase, first.warnings)).toEqual([]);

    const provided = await reportOf({
      providers: [Forgotten, { provide: ForgottenHeir, useValue: {} }],
    });
    for (const type of [Forgotten, ForgottenBase, ForgottenHeir])
      expect(about(type, provided.warnings)).toEqual([]);

    const other = await reportOf({});
    expect(about(Forgotten, other.warnings)).toEqual([]);
  });
});

describe('McpModule without forRoot()', () => {
  it('stops the start, and says what to import', async () => {
    await expect(start(McpModule)).resolves.toContain(
      'MCP038 McpModule is imported without forRoot(), so nothing is served. Import McpModule.forRoot({ name, version })',
    );
  });

  it('stops it in a module of a module as well', async () => {
    @Module({ imports: [McpModule] })
    class Feature {}
    await expect(start(Feature)).resolves.toContain('MCP038 McpModule is imported without');
  });

  it('may stand in a module of an application that has a server', async () => {
    @Module({ imports: [McpModule] })
    class Feature {}
    const server = McpModule.forRoot({ name: 'a', version: '1' });
    await expect(start(server, Feature)).resolves.toBe('started');
    await expect(start(Feature, server)).resolves.toBe('started');
  });
});
