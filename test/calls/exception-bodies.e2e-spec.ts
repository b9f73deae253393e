import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  type HttpException,
  UnprocessableEntityException,
  UseFilters,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { plainToInstance, Type } from 'class-transformer';
import { IsEmail, IsInt, ValidateNested, validateSync } from 'class-validator';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS } from '../support/app/test-app.js';

const SECRET = 'hunter2';

class Line {
  @IsInt()
  count!: number;
}
class Order {
  @IsEmail()
  email!: string;

  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}

const errors = () =>
  validateSync(plainToInstance(Order, { email: SECRET, lines: [{ count: SECRET }] }));
const LINES = 'email: must be an email\nlines[0].count: must be an integer number';

/** Writes the body of the exception as it is, as many applications do. */
@Catch()
class BodyFilter implements ExceptionFilter {
  catch(exception: HttpException, host: ArgumentsHost): void {
    const response = host
      .switchToHttp()
      .getResponse<{ status(code: number): { send(body: unknown): void } }>();
    response.status(422).send({ statusCode: 422, message: 'Refused', errors: exception.cause });
  }
}

/** What an application thought of its own arguments. */
class Numbered {
  transform(value: unknown): unknown {
    if (typeof value === 'string') throw new BadRequestException(errors());
    return value;
  }
}

@McpToolType()
class Tools {
  @McpTool() list(): never {
    throw new BadRequestException(errors());
  }
  @McpTool() byField(): never {
    throw new UnprocessableEntityException({ errors: { username: 'must be unique' } });
  }
  @McpTool() beside(): never {
    throw new BadRequestException({ message: 'Sold out', code: 'E_STOCK', field: 'sku' });
  }
  @McpTool()
  @UseFilters(BodyFilter)
  filtered(): never {
    throw new BadRequestException('No', { cause: errors() });
  }
  @McpTool()
  @UseFilters(BaseExceptionFilter)
  ofNest(): never {
    throw new BadRequestException({ message: errors(), code: 'E_INPUT' });
  }
  @McpTool() piped(@Param('x', Numbered) x: string): string {
    return x;
  }
  @McpTool() nothing(): null {
    return null;
  }
}

const READ: readonly (readonly [string, string])[] = [
  ['list', LINES],
  ['by_field', 'username: must be unique'],
  ['beside', 'Sold out\ncode: E_STOCK\nfield: sku'],
  ['filtered', `Refused\n${LINES}`],
  ['of_nest', `${LINES}\ncode: E_INPUT`],
  ['piped', LINES],
];

describe.each(PLATFORMS)('the body of an exception on %s', (platform) => {
  const { start, connect } = harness(platform);

  it.each(READ)('is read by the model as lines, without arguments: %s', async (name, text) => {
    await start({ providers: [Tools, BodyFilter] });
    const client = await connect();
    const args = name === 'piped' ? { x: 'a' } : {};
    expect(await client.call(name, args)).toEqual({ text, isError: true, code: undefined });
    expect(client.wire.raw).not.toMatch(/hunter2|\[object/);
    await client.expectIntact();
  });

  it('of a tool that returns null is its text', async () => {
    await start({ providers: [Tools] });
    const client = await connect();
    expect(await client.call('nothing')).toMatchObject({ text: 'null', isError: false });
  });
});
