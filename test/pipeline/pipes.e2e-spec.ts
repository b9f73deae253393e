import {
  type ArgumentMetadata,
  BadRequestException,
  Injectable,
  ParseIntPipe,
  type PipeTransform,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

/** Reveals a second run: `a` becomes `a!`, and then `a!!`. */
const Marked = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? `${value}!` : value));

class Address {
  @IsString()
  @Marked()
  street!: string;
}

class Order {
  @IsString()
  @Marked()
  note!: string;

  @IsOptional()
  @IsInt()
  quantity?: number;

  @ValidateNested()
  @Type(() => Address)
  shipTo!: Address;
}

@McpToolType()
class OrderTools {
  @McpTool()
  place(@Param() order: Order, ctx: McpContext): string {
    const kinds = [order instanceof Order, order.shipTo instanceof Address, ctx.tool.name];
    return JSON.stringify([order, ...kinds]);
  }

  @McpTool()
  move(@Param('to') to: Address, @Param('times', { type: 'integer' }) times: number): string {
    return JSON.stringify([to, to instanceof Address, times]);
  }

  @McpTool()
  parse(@Param('digits', ParseIntPipe) digits: string): string {
    return typeof digits;
  }
}

/** Refuses a word, doubles numbers, and records its inputs. */
@Injectable()
class HousePipe implements PipeTransform {
  readonly seen: string[] = [];

  transform(value: unknown, { type, data, metatype }: ArgumentMetadata): unknown {
    this.seen.push([type, data, metatype?.name].join(' '));
    if (value === 'rude') throw new BadRequestException('mind your words');
    return typeof value === 'number' ? value * 2 : value;
  }
}

@McpToolType()
class PlainTools {
  @McpTool()
  say(
    @Param('word') word: string,
    @Param('times', { type: 'integer' }) times: number,
    ctx: McpContext,
  ): string {
    return `${ctx.tool.name} ${word} ${times}`;
  }
}

@McpToolType()
class OnePipedTool {
  @McpTool()
  @UsePipes(HousePipe)
  piped(@Param('n', { type: 'integer' }) n: number): string {
    return String(n);
  }

  @McpTool()
  unpiped(@Param('n', { type: 'integer' }) n: number): string {
    return String(n);
  }
}

const VALIDATION = new ValidationPipe({
  transform: true,
  whitelist: true,
  transformOptions: { enableImplicitConversion: true },
});

const GLOBALLY: readonly (readonly [string, TestAppOptions])[] = [
  ['APP_PIPE', { providers: [{ provide: APP_PIPE, useValue: VALIDATION }] }],
  ['useGlobalPipes', { configure: (app) => app.useGlobalPipes(VALIDATION) }],
];

const VALIDATED: typeof GLOBALLY = [['no global pipe', {}], ...GLOBALLY];

const ORDER = { note: 'n', shipTo: { street: 's' } };
const PLACED = [{ note: 'n!', shipTo: { street: 's!' } }, true, true, 'place'];

describe.each(PLATFORMS)('pipes on %s', (platform) => {
  const { start, connect } = harness(platform);

  describe.each(VALIDATED)('with a ValidationPipe that transforms: %s', (_, options) => {
    const started = async () => {
      await start({ ...options, providers: [OrderTools, ...(options.providers ?? [])] });
      return connect();
    };

    it('transforms a DTO of all arguments exactly once', async () => {
      const client = await started();
      expect(JSON.parse((await client.call('place', ORDER)).text)).toEqual(PLACED);
      await client.expectIntact();
    });

    it('validates, and converts nothing silently', async () => {
      const client = await started();
      for (const args of [
        { ...ORDER, note: 7 },
        { ...ORDER, quantity: '2' },
        { ...ORDER, shipTo: { street: 7 } },
        { ...ORDER, more: true },
        {},
      ]) {
        const answer = await client.call('place', args);
        expect(answer).toMatchObject({ isError: true, code: undefined });
        expect(answer.text).toContain("Invalid arguments for tool 'place'");
      }
      const answer = await client.call('move', { to: { street: 's' }, times: '2' });
      expect(answer).toMatchObject({ isError: true, text: expect.stringContaining('times') });
      await client.expectIntact();
    });

    it('runs the pipe of a parameter after it', async () => {
      const client = await started();
      expect(await client.call('parse', { digits: '12' })).toMatchObject({ text: 'number' });
      expect(await client.call('parse', { digits: 'x' })).toMatchObject({
        isError: true,
        text: 'Validation failed (numeric string is expected)',
      });
      await client.expectIntact();
    });
  });

  it.each(GLOBALLY)(
    'transforms a DTO that is one argument of several exactly once: %s',
    async (_, options) => {
      await start({ ...options, providers: [OrderTools, ...(options.providers ?? [])] });
      const client = await connect();
      const { text } = await client.call('move', { to: { street: 's' }, times: 2 });
      expect(JSON.parse(text)).toEqual([{ street: 's!' }, true, 2]);
    },
  );

  it('passes the arguments of a tool to a global pipe of the application as a body', async () => {
    const pipe = new HousePipe();
    await start({ providers: [PlainTools, { provide: APP_PIPE, useValue: pipe }] });
    const client = await connect();
    expect(await client.call('say', { word: 'hi', times: 2 })).toMatchObject({ text: 'say hi 4' });
    expect(pipe.seen.toSorted()).toEqual([
      'body times Number',
      'body word String',
      'custom  McpContext',
    ]);
    expect(await client.call('say', { word: 'rude', times: 2 })).toEqual({
      isError: true,
      text: 'mind your words',
      code: undefined,
    });
    await client.expectIntact();
  });

  it('passes to a pipe only values that the rules accept', async () => {
    const pipe = new HousePipe();
    await start({ providers: [PlainTools, { provide: APP_PIPE, useValue: pipe }] });
    const client = await connect();
    expect(await client.call('say', { word: 7, times: 'x' })).toMatchObject({ isError: true });
    expect(pipe.seen).not.toContain('body word String');
    await client.expectIntact();
  });

  it('runs a pipe that is bound to one tool for that tool only', async () => {
    await start({ providers: [OnePipedTool] });
    const client = await connect();
    expect((await client.call('piped', { n: 2 })).text).toBe('4');
    expect((await client.call('unpiped', { n: 2 })).text).toBe('2');
    await client.expectIntact();
  });
});
