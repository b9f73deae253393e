import type { ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  McpBootException,
  McpEditException,
  McpModule,
  McpRegistry,
  McpTool,
  McpToolType,
  Param,
  runStdio,
} from '@nestmcp/core';
import { NAMED } from '../support/fixtures/option-objects.js';

/** Values as JavaScript or a spread object would pass them. */
const given = (options: Record<string, unknown>): never => options as never;

const SERVER = McpModule.forRoot(NAMED);

async function problemsOf(module: ModuleMetadata): Promise<readonly string[]> {
  const app = await Test.createTestingModule(module).compile();
  const thrown: unknown = await app.init().catch((error: unknown) => error);
  await app.close();
  if (thrown instanceof Error && !(thrown instanceof McpBootException)) throw thrown;
  return thrown instanceof McpBootException ? thrown.problems : [];
}

/** The boot error of a server whose only tool has these options. */
function problemsOfTool(options: Record<string, unknown>): Promise<readonly string[]> {
  @McpToolType()
  class StockTools {
    @McpTool(given(options))
    find(): void {}
  }
  return problemsOf({ imports: [SERVER], providers: [StockTools] });
}

function problemsOfParam(options: Record<string, unknown>): Promise<readonly string[]> {
  @McpToolType()
  class StockTools {
    @McpTool()
    find(@Param('limit', given(options)) _limit: number): void {}
  }
  return problemsOf({ imports: [SERVER], providers: [StockTools] });
}

describe('options of @McpTool()', () => {
  it.each([
    [
      { titel: 'Find' },
      'MCP020 StockTools.find(): `titel` is not an option of @McpTool(); did you mean `title`?',
    ],
    [
      { readonly: true },
      'MCP020 StockTools.find(): `readonly` is not an option of @McpTool(); did you mean `readOnly`?',
    ],
    [
      { concurrency: { limit: 1, queu: 5 } },
      'MCP020 StockTools.find(): `concurrency.queu` is not an option of @McpTool(); did you mean `concurrency.queue`?',
    ],
    [{ colour: 'red' }, 'MCP020 StockTools.find(): `colour` is not an option of @McpTool().'],
    [
      { mimeType: 'png' },
      'MCP020 StockTools.find(): `mimeType` of @McpTool() must be a MIME type: image/png.',
    ],
  ])('stop the boot, with class and method: %j', async (options, problem) => {
    expect(await problemsOfTool(options)).toEqual([problem]);
  });

  it.each([
    'name',
    'title',
    'description',
    'input',
    'output',
    'icons',
    'meta',
    'readOnly',
    'timeout',
    'concurrency',
    'mimeType',
  ])('stop the boot when they are null: %s', async (name) => {
    expect(await problemsOfTool({ [name]: null })).toEqual([
      expect.stringMatching(
        new RegExp(`^MCP020 StockTools\\.find\\(\\): \`${name}\` of @McpTool\\(\\) must be `),
      ),
    ]);
  });

  it('are all in one report', async () => {
    expect(await problemsOfTool({ titel: 'x', timout: 5, timeout: 'soon' })).toEqual([
      expect.stringContaining('`titel` is not an option'),
      expect.stringContaining('`timout` is not an option'),
      expect.stringMatching(/^MCP015 /),
    ]);
  });
});

describe('options of @McpToolType()', () => {
  it('stop the boot, with the class', async () => {
    @McpToolType(given({ sever: 'default', durabel: true }))
    class StockTools {
      @McpTool()
      find(): void {}

      @McpTool()
      list(): void {}
    }
    expect(await problemsOf({ imports: [SERVER], providers: [StockTools] })).toEqual([
      'MCP020 StockTools: `sever` is not an option of @McpToolType(); did you mean `server`?',
      'MCP020 StockTools: `durabel` is not an option of @McpToolType(); did you mean `durable`?',
    ]);
  });

  it.each([5, null])('refuse a server whose name is %p', async (server) => {
    @McpToolType(given({ server }))
    class StockTools {
      @McpTool()
      find(): void {}
    }
    expect(await problemsOf({ imports: [SERVER], providers: [StockTools] })).toEqual([
      expect.stringContaining(`'${server}' by @McpToolType(), and there is no such server`),
    ]);
  });
});

describe('options of @Param()', () => {
  it.each([
    [{ optionl: true }, "`optionl` is not an option of @Param('limit'); did you mean `optional`?"],
    [{ optional: 'yes' }, "`optional` of @Param('limit') must be true or false."],
    [{ description: 5 }, "`description` of @Param('limit') must be a text."],
    [{ type: 'float' }, "`type` of @Param('limit') must be a class, "],
    [{ items: null }, "`items` of @Param('limit') must be a class, "],
    [{ enum: null }, "`enum` of @Param('limit') must be an enum or a list of values."],
    [{ groups: 'admin' }, "`groups` of @Param('limit') must be a list: "],
    [{ header: null }, "`header` of @Param('limit') must be a value: "],
  ])('stop the boot, with class, method and argument: %j', async (options, words) => {
    expect(await problemsOfParam(options)).toEqual([
      expect.stringContaining(`MCP020 StockTools.find(): ${words}`),
    ]);
  });

  it('accept null as a default', async () => {
    expect(await problemsOfParam({ default: null })).toEqual([]);
  });
});

describe('options of McpModule.forFeature()', () => {
  @McpToolType()
  class StockTools {
    @McpTool()
    find(): void {}
  }
  const feature = (options: unknown) =>
    problemsOf({
      imports: [SERVER, McpModule.forFeature(options as never)],
      providers: [StockTools],
    });

  it.each<[unknown, string]>([
    [{ tolls: [StockTools] }, '`tolls` is not an option; did you mean `tools`?'],
    [{ tools: [StockTools], sever: 'x' }, '`sever` is not an option; did you mean `server`?'],
    [{}, '`tools` is required.'],
    [{ tools: StockTools }, '`tools` must be a list: [OrderTools].'],
    [
      { tools: [undefined] },
      '`tools[0]` must be a class; a circular import can leave it undefined.',
    ],
    [
      { tools: [StockTools], server: 5 },
      '`server` must be the name of a server, or a list of names.',
    ],
    [{ tools: [StockTools], server: ['a', null] }, '`server[1]` must be a non-empty string.'],
    [undefined, '`options` must be an object: { tools, server }.'],
    [null, '`options` must be an object: { tools, server }.'],
  ])('stop the boot: %p', async (options, words) => {
    expect(await feature(options)).toEqual([`MCP020 McpModule.forFeature(): ${words}`]);
  });

  it('are reported also when no server is imported', async () => {
    const imports = [McpModule.forFeature(given({ tolls: [] }))];
    expect(await problemsOf({ imports })).toEqual([
      expect.stringMatching(/^MCP038 /),
      expect.stringContaining('`tolls` is not an option'),
    ]);
  });
});

describe('options of McpModule.forRoot()', () => {
  it.each([undefined, null])('are reported when they are missing: %p', async (options) => {
    expect(await problemsOf({ imports: [McpModule.forRoot(options as never)] })).toEqual([
      expect.stringMatching(/^MCP020 McpModule\.forRoot\(\): name is required/),
      expect.stringMatching(/^MCP020 McpModule\.forRoot\(\): version is required/),
    ]);
  });
});

describe('options of runStdio()', () => {
  it.each<[unknown, string]>([
    [{ exitWithn: '1s' }, '`exitWithn` is not an option; did you mean `exitWithin`?'],
    [{ exitWithin: 'soon' }, '`exitWithin` must be a duration of at most 24 days'],
    [{ exitWithin: true }, '`exitWithin` must be a duration of at most 24 days'],
    [{ server: 5 }, '`server` must be a non-empty string.'],
    [{ logger: true }, '`logger` must be a logger, a list of levels'],
    [{ configure: 'now' }, '`configure` must be a function of the application.'],
    [{ input: 'stdin' }, '`input` must be a readable stream.'],
    [{ output: 1 }, '`output` must be a writable stream.'],
    [{ redirectStdout: 'yes' }, '`redirectStdout` must be true or false.'],
    [null, '`options` must be an object: { server, logger, '],
  ])('prevent the start before anything runs: %p', async (options, words) => {
    class NeverModule {
      constructor() {
        throw new Error('started');
      }
    }
    const thrown: unknown = await runStdio(NeverModule, options as never).catch(
      (error: unknown) => error,
    );
    expect((thrown as McpBootException).problems).toEqual([
      expect.stringContaining(`MCP020 runStdio(): ${words}`),
    ]);
  });

  it('are reported all at once', async () => {
    const options = given({ sever: 'x', exitWithin: -1, output: null });
    await expect(runStdio(class {}, options)).rejects.toMatchObject({
      problems: { length: 3 },
    });
  });
});

describe('options() of a tool that is added at run time', () => {
  it('reject the edit', async () => {
    const app = await Test.createTestingModule({ imports: [SERVER] }).compile();
    await app.init();
    const draft = app
      .get(McpRegistry)
      .tool('find')
      .options(given({ timout: '1s', icons: null }));
    let thrown: unknown;
    try {
      draft.handle(() => 'x');
    } catch (error) {
      thrown = error;
    }
    await app.close();
    expect(thrown).toBeInstanceOf(McpEditException);
    expect((thrown as McpEditException).problems).toEqual([
      'MCP020 the tool "find": `timout` is not an option of options(); did you mean `timeout`?',
      'MCP020 the tool "find": `icons` of options() must be a value: leave the option out for its default.',
    ]);
  });
});
