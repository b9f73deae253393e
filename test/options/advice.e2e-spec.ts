import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { ParseDatePipe } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { McpModule, type McpModuleOptions, McpTool, McpToolType, Param } from '@nestmcp/core';
import { IsISO8601 } from 'class-validator';
import { MODULE_OPTIONS } from '../../libs/core/src/options/module-options.table.js';
import { NAMED, problemsWith } from '../support/fixtures/option-objects.js';

const MESSAGES = 'libs/core/src/messages';
const SOURCE = readdirSync(MESSAGES)
  .map((file) => readFileSync(`${MESSAGES}/${file}`, 'utf8'))
  .join('\n');

/** The placeholders in messages, with a value that a reader would insert. */
const MEANT: readonly (readonly [RegExp, string])[] = [
  [/\[\$\{host\}\]/g, "['api.example.com']"],
  [/\[\$\{origin\}\]/g, "['https://app.example.com']"],
  [/'\$\{\w+\}'/g, "'name'"],
  [/\\'/g, "'"],
  [/'…'/g, "'admin'"],
  [/…/g, '1'],
];
/** The decorators as messages write them: by name, or by the name that a kind of primitive has for them. */
const METHOD_DECORATOR = String.raw`@(?:McpTool|\$\{(?:\w+\.)?methodDecorator\})`;
const TYPE_DECORATOR = String.raw`@(?:McpToolType|\$\{(?:\w+\.)?typeDecorator\})`;

class TheClass {
  @IsISO8601()
  on!: string;
}
class YourPipe {
  transform(value: unknown): unknown {
    return value;
  }
}

/** Values for names that the messages mention without a value: `{ drain }`. */
const NAMES = {
  name: 'test',
  version: '1',
  drain: '30s',
  include: [],
  Values: ['a', 'b'],
  String,
  Number,
  IsISO8601,
  ParseDatePipe,
  TheClass,
  YourPipe,
};

/** The arguments of each call that a message recommends, such as `@McpTool({ name: '…' })`. */
function advised(call: string): (readonly [string, readonly unknown[]])[] {
  const starts = [...SOURCE.matchAll(new RegExp(`${call}\\(`, 'g'))];
  const written = starts.map(({ index, 0: start }) => argumentsAt(SOURCE, index + start.length));
  return [...new Set(written)]
    .filter((text) => text.includes('{') && !text.startsWith('$'))
    .map((text) => {
      const code = MEANT.reduce((known, [pattern, value]) => known.replace(pattern, value), text);
      return [text, runInNewContext(`[${code}]`, NAMES) as unknown[]] as const;
    });
}

/** The text up to the closing parenthesis of a call. */
function argumentsAt(text: string, from: number): string {
  let open = 1;
  let at = from;
  for (; open > 0 && at < text.length; at++) {
    if (text[at] === '(') open++;
    if (text[at] === ')') open--;
  }
  return text.slice(from, at - 1);
}

/** Starts an application with this server and tool class. */
async function boot(options: Partial<McpModuleOptions>, providers: readonly (new () => object)[]) {
  const imports = [McpModule.forRoot({ ...NAMED, ...options })];
  const app = await Test.createTestingModule({ imports, providers: [...providers] }).compile();
  await app.init();
  await app.close();
}

describe('the code that the messages recommend', () => {
  it('is found in the messages', () => {
    expect(advised('McpModule\\.forRoot').map(([text]) => text)).toEqual(
      expect.arrayContaining([
        '{ allowedHosts: [${host}] }',
        '{ allowedOrigins: [${origin}] }',
        '{ drain }',
        "{ transports: { sse: { endpoint: 'https://example.com/gateway' } } }",
      ]),
    );
    expect(advised(METHOD_DECORATOR)).not.toEqual([]);
    expect(advised(TYPE_DECORATOR)).not.toEqual([]);
    expect(advised('@Param')).not.toEqual([]);
  });

  it.each(advised('McpModule\\.forRoot'))(
    'starts a server: McpModule.forRoot(%s)',
    async (_, args) => {
      await expect(boot(args[0] as Partial<McpModuleOptions>, [])).resolves.toBeUndefined();
    },
  );

  it.each(advised(METHOD_DECORATOR))('starts a tool: @McpTool(%s)', async (_, args) => {
    @McpToolType()
    class Tools {
      @McpTool(args[0] as never)
      tool(): void {}
    }
    await expect(boot({}, [Tools])).resolves.toBeUndefined();
  });

  it.each(advised(TYPE_DECORATOR))('starts a class: @McpToolType(%s)', async (_, args) => {
    @McpToolType(args[0] as never)
    class Tools {
      @McpTool()
      tool(): void {}
    }
    const imports = [McpModule.forRoot({ ...NAMED, server: 'admin' })];
    const app = await Test.createTestingModule({ imports, providers: [Tools] }).compile();
    await expect(app.init()).resolves.toBe(app);
    await app.close();
  });

  it.each(advised('@Param'))('starts a parameter: @Param(%s)', async (_, args) => {
    @McpToolType()
    class Tools {
      @McpTool()
      tool(@Param(...(args as [string])) _value: number): void {}
    }
    await expect(boot({}, [Tools])).resolves.toBeUndefined();
  });

  it.each([...new Set(SOURCE.match(/\blimits\.\w+/g))])('names a limit that exists: %s', (path) => {
    expect(Object.keys(MODULE_OPTIONS)).toContain(path);
  });
});

/** Values in quotes, URLs, and the examples after a colon or a comma. */
const examplesIn = (problem: string): string[] => [
  ...new Set([
    ...[...problem.matchAll(/'([^']+)'/g)].map(([, text = '']) => text),
    ...(problem.match(/(?:https:\/\/|\*\.|tenants\/)[\w.:/*-]*\w/g) ?? []),
  ]),
];

describe('the values that option errors recommend', () => {
  const wrong: readonly [string, unknown][] = [
    ['timeout', 'soon'],
    ['transports.sse.keepAlive', 0],
    ['cache.scope', 'shared'],
    ['transports.sse.endpoint', 'x'],
    ['allowedHosts', 'x'],
    ['allowedHosts', ['https://api.example.com/mcp']],
    ['allowedHosts', [5]],
    ['allowedOrigins', 'x'],
    ['allowedOrigins', ['app.example.com/']],
    ['websiteUrl', 'x'],
    ['path', 'a b'],
  ];

  it.each(wrong)('is accepted for %s instead of %j', (path, value) => {
    const [problem = ''] = problemsWith(path, value);
    const refused = JSON.stringify(value);
    const examples = examplesIn(problem.split('. Fix it')[0] ?? '').filter(
      (example) => !refused.includes(JSON.stringify(example)),
    );
    expect(examples).not.toEqual([]);
    const isList = path.startsWith('allowed');
    for (const example of examples)
      expect({ example, problems: problemsWith(path, isList ? [example] : example) }).toEqual({
        example,
        problems: [],
      });
  });
});
