import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  NotFoundException,
  UnprocessableEntityException,
} from '@nestjs/common';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsEmail,
  IsInt,
  Max,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { z } from 'zod';
import { bodyText } from './body-text.js';

const SECRET = 'hunter2';

class Line {
  @IsInt()
  @Max(9)
  count!: number;
}
class Order {
  @IsEmail()
  email!: string;
  @IsInt({ each: true })
  numbers!: number[];
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}

const ORDER = { email: SECRET, numbers: [SECRET], lines: [{ count: 1 }, { count: SECRET }] };
const errors = (): ValidationError[] => validateSync(plainToInstance(Order, ORDER));
/** In the order of class-validator. */
const LINES = [
  'email: must be an email',
  'numbers: each value must be an integer number',
  'lines[1].count: must not be greater than 9',
  'lines[1].count: must be an integer number',
];

const issues = (): unknown =>
  z.object({ to: z.array(z.object({ zip: z.string() })) }).safeParse({ to: [{ zip: 1 }] }).error
    ?.issues;

const circle: Record<string, unknown> = { message: 'Round', code: 7 };
circle.self = circle;

/** The responses of exceptions as applications throw them, and what the model reads. */
const BODIES: readonly (readonly [string, () => HttpException, readonly string[]])[] = [
  ['a text', () => new NotFoundException('No order 7'), ['No order 7']],
  ['texts', () => new BadRequestException(['a', 'b']), ['a', 'b']],
  ['no words', () => new ForbiddenException(), ['Forbidden']],
  ['validation errors', () => new BadRequestException(errors()), LINES],
  ['validation errors as the body', () => new HttpException(errors(), 400), LINES],
  ['one validation error', () => new BadRequestException(errors()[0]), ['email: must be an email']],
  [
    'plain copies of validation errors',
    () => new BadRequestException(JSON.parse(JSON.stringify(errors()))),
    LINES,
  ],
  [
    'errors beside a message',
    () => body({ message: 'Invalid', errors: errors() }),
    ['Invalid', ...LINES],
  ],
  [
    'errors by path, without a message',
    () =>
      new UnprocessableEntityException({
        errors: { username: 'must be unique', address: { zip: ['is too long', 'has letters'] } },
      }),
    ['username: must be unique', 'address.zip: is too long', 'address.zip: has letters'],
  ],
  [
    'a code and a field',
    () => body({ message: 'Sold out', code: 'E_STOCK', field: 'sku', details: { left: 0 } }),
    ['Sold out', 'code: E_STOCK', 'field: sku', 'details: {"left":0}'],
  ],
  [
    'the phrase and the status of Nest',
    () => new BadRequestException({ statusCode: 400, error: 'Bad Request', message: 'No' }),
    ['No'],
  ],
  [
    'an explanation as error, without a message',
    () => body({ status: 403, error: 'Not on Sundays' }),
    ['{"status":403,"error":"Not on Sundays"}'],
  ],
  [
    'an error that is a word of its own, beside errors',
    () => body({ error: 'validation_failed', errors: ['a'] }),
    ['error: validation_failed', 'a'],
  ],
  [
    'issues of zod',
    () => body({ message: 'Invalid', errors: issues() }),
    [
      'Invalid',
      'to[0].zip: Invalid input: expected string, received number (invalid_type) {"expected":"string"}',
    ],
  ],
  [
    'errors of GraphQL',
    () =>
      body({ errors: [{ message: 'No such user', path: ['me', 0], extensions: { code: 'X' } }] }),
    ['me[0]: No such user {"extensions":{"code":"X"}}'],
  ],
  [
    'problem details of RFC 9457',
    () =>
      body({
        type: 'about:blank',
        title: 'Out of credit',
        status: 403,
        detail: 'It costs 50',
        balance: 30,
        errors: [{ detail: 'must be positive', pointer: '#/items/0' }],
      }),
    ['Out of credit: It costs 50', 'balance: 30', 'items[0]: must be positive'],
  ],
  [
    'parameters of RFC 7807',
    () => body({ detail: 'No', 'invalid-params': [{ name: 'age', reason: 'must be 18' }] }),
    ['No', 'age: must be 18'],
  ],
  [
    'keys of texts that nestjs-i18n did not translate',
    () =>
      new BadRequestException([
        {
          property: 'mail',
          children: [],
          constraints: { isEmail: `v.EMAIL|{"value":"${SECRET}"}` },
        },
      ]),
    ['mail: v.EMAIL'],
  ],
  [
    'the value that express-validator repeats',
    () => body({ errors: [{ type: 'field', msg: 'is weak', path: 'pass', value: SECRET }] }),
    ['pass: is weak {"type":"field"}'],
  ],
  [
    'a body that refers to itself',
    () => body(circle),
    ['Round', 'code: 7', 'self: {"message":"Round","code":7}'],
  ],
  ['a bigint', () => body({ message: 'Big', n: 1n, all: [2n] }), ['Big', 'n: 1', 'all: ["2"]']],
  [
    'a date',
    () => body({ message: 'Late', at: new Date(0) }),
    ['Late', 'at: 1970-01-01T00:00:00.000Z'],
  ],
  [
    'a stack',
    () => body({ message: 'No', stack: SECRET, cause: { stack: SECRET, code: 1 } }),
    ['No', 'cause: {"code":1}'],
  ],
  [
    'a getter that throws',
    () =>
      body(
        Object.defineProperty({ message: 'No', code: 1 }, 'bad', {
          enumerable: true,
          get: () => {
            throw new Error(SECRET);
          },
        }),
      ),
    ['No', 'code: 1'],
  ],
  ['other members alone', () => body({ code: 'E1', n: 1n }), ['{"code":"E1","n":"1"}']],
  [
    'validation errors deep in other members',
    () => body({ message: 'No', data: { all: errors().slice(0, 1) } }),
    [
      'No',
      'data: {"all":[{"property":"email","children":[],"constraints":{"isEmail":"email must be an email"}}]}',
    ],
  ],
  ['a number', () => new HttpException(5 as never, 400), ['5']],
  [
    'a message that is an object',
    () => body({ message: { mail: ['is used'] } }),
    ['mail: is used'],
  ],
];

function body(given: object): HttpException {
  return new HttpException(given as Record<string, unknown>, 400);
}

describe('the text of an HTTP error body', () => {
  it.each(BODIES)('says all that the caller can use of %s', (_, exception, lines) => {
    const text = bodyText(exception().getResponse());
    expect(text.split('\n')).toEqual(lines);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('[object');
  });

  it('is refused for a body in which nothing can be read', () => {
    const empty: Record<string, unknown> = {};
    empty.self = empty;
    expect(() => bodyText(empty)).toThrow(TypeError);
    expect(() => bodyText({ toString: () => 1 })).toThrow(TypeError);
    expect(bodyText({})).toBe('{}');
  });

  it.each([
    ['many errors', { message: 'No', errors: Array.from({ length: 1_000_000 }, () => 'wrong') }],
    ['many members', Object.fromEntries(Array.from({ length: 9_999 }, (_, n) => [`m${n}`, n]))],
    ['long members', { message: 'No', code: { of: 'x'.repeat(1_000_000) } }],
    ['deep members', { message: 'No', errors: nested(100_000), code: nested(100_000) }],
    ['a tree that shares its parts', { message: 'No', errors: shared(60), code: shared(60) }],
  ])('is bounded for %s', (_, given) => {
    expect(bodyText(given).length).toBeLessThan(20_000);
  });
});

function nested(depth: number): object {
  let value: object = {};
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
}

/** Each holds the next one twice: 2^depth paths. */
function shared(depth: number): object {
  let value: object = { end: 'x' };
  for (let level = 0; level < depth; level++) value = { a: value, b: value };
  return value;
}
