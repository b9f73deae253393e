import {
  BadRequestException,
  Injectable,
  type INestApplication,
  type PipeTransform,
} from '@nestjs/common';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { startApp } from '../support/app/test-app.js';

const SECRET = 'hunter2';

/** As applications write them: they fail on everything but a string. */
const Lowered = () => Transform(({ value }: { value: string }) => value.toLowerCase());

class Contact {
  @Lowered()
  @IsEmail()
  email!: string;
}
class Account {
  @Lowered()
  @Expose({ name: 'user_name' })
  @IsString()
  userName!: string;

  @IsOptional()
  @Lowered()
  @IsIn(['red', 'blue'])
  color?: string;

  @IsOptional()
  @Transform(({ value }: { value: string[] }) => value.map((one) => one.trim()))
  @IsString({ each: true })
  @ArrayMinSize(1)
  tags?: string[];

  @IsOptional()
  @IsInt()
  age?: number;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Contact)
  contacts?: Contact[];

  @IsOptional()
  @Transform(({ value }: { value: string }) => JSON.parse(value) as unknown)
  @IsString()
  filter?: unknown;

  @IsOptional()
  @Transform(() => {
    throw new BadRequestException('The region is closed.');
  })
  @IsString()
  region?: string;
}

/** Fails on everything but a string. */
@Injectable()
class UpperPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (value === 'bug') throw new Error(SECRET);
    return value.toUpperCase();
  }
}

@McpToolType()
class Tools {
  @McpTool()
  open(@Param() account: Account): string {
    return JSON.stringify(account);
  }

  @McpTool()
  shout(
    @Param('word', UpperPipe) word: string,
    @Param('n', { type: 'integer' }) n: number,
  ): string {
    return word.repeat(n);
  }
}

const OK = { user_name: 'Ada' };

const refused = (...lines: readonly string[]): string =>
  ["error: Invalid arguments for tool 'open':", ...lines.map((line) => `- ${line}`)].join('\n');

const logged: string[] = [];
const error = (...words: unknown[]): void => void logged.push(words.map(String).join(' '));

describe('a @Transform() that fails', () => {
  let app: INestApplication;
  let client: McpTestClient;
  const call = async (name: string, args: object): Promise<string> => {
    const { content, isError } = await client.callTool(name, args as Record<string, unknown>);
    const [block] = content;
    return `${isError === true ? 'error: ' : ''}${block?.type === 'text' ? block.text : ''}`;
  };
  beforeAll(async () => {
    const logger = { log: () => undefined, warn: () => undefined, error };
    ({ app } = await startApp({ providers: [Tools, UpperPipe], logger }));
    client = await McpTestClient.connect(app);
  });

  afterAll(async () => {
    await client.close();
    await app.close();
  });

  beforeEach(() => {
    logged.length = 0;
  });

  it.each([
    ['a number', { user_name: 5 }, ['user_name: must be a string (isString)']],
    ['null', { user_name: null }, ['user_name: must be a string (isString)']],
    ['a list', { user_name: ['a'] }, ['user_name: must be a string (isString)']],
    ['nothing', {}, ['user_name: is missing; must be a string (isString)']],
    ['a choice', { ...OK, color: 5 }, ['color: must be one of "red", "blue" (isEnum)']],
    ['a text for a list', { ...OK, tags: 'a' }, ['tags: must be an array (isArray)']],
    ['an item of a list', { ...OK, tags: ['a', 5] }, ['tags[1]: must be a string (isString)']],
    [
      'a nested object',
      { ...OK, contacts: [{ email: 5 }] },
      ['contacts[0].email: must be a string (isString)'],
    ],
    [
      'others that are wrong as well',
      { user_name: 5, age: 'x', more: 1 },
      [
        'user_name: must be a string (isString)',
        'age: must be an integer number (isInt)',
        'more: is not an argument',
      ],
    ],
  ])('names the argument: %s', async (_, args, lines) => {
    const text = await call('open', args);
    for (const line of lines) expect(text).toContain(refused(line).split('\n')[1]);
    expect(text.split('\n')).toHaveLength(lines.length + 1);
    expect(logged).toEqual([]);
  });

  it('runs once for arguments that are right', async () => {
    expect(
      await call('open', {
        user_name: 'ADA',
        color: 'RED',
        tags: [' a '],
        contacts: [{ email: 'A@B.DE' }],
      }),
    ).toBe('{"userName":"ada","color":"red","tags":["a"],"contacts":[{"email":"a@b.de"}]}');
  });

  it('is masked if the arguments are as published', async () => {
    const text = await call('open', { ...OK, filter: `${SECRET}{` });
    expect(text).toMatch(/^error: An error occurred invoking 'open' \(ref [0-9a-f]{8}\)$/);
    expect(logged).toEqual([expect.stringContaining('Tools.open()')]);
  });

  it('is explained if it throws an HTTP exception', async () => {
    expect(await call('open', { ...OK, region: 'eu' })).toBe('error: The region is closed.');
  });

  it('is not reached by a pipe of a parameter, which sees only what is published', async () => {
    expect(await call('shout', { word: 'a', n: 2 })).toBe('AA');
    for (const word of [5, null, ['a'], {}, true])
      expect(await call('shout', { word, n: 2 })).toBe(
        "error: Invalid arguments for tool 'shout':\n- word: must be a string (isString)",
      );
    expect(await call('shout', { n: 2 })).toContain('- word: is missing; must be a string');
    expect(logged).toEqual([]);
    expect(await call('shout', { word: 'bug', n: 1 })).toMatch(/^error: An error occurred/);
  });
});
