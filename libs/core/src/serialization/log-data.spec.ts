import { Readable } from 'node:stream';
import { Exclude } from 'class-transformer';
import * as fc from 'fast-check';
import { logData } from './log-data.js';

class Account {
  name = 'ada';
  @Exclude() password = 'secret';
}

class Broken {
  toJSON(): never {
    throw new Error('no');
  }
}

const circular: { self?: unknown } = {};
circular.self = circular;

describe('the data of a log message', () => {
  it.each<readonly [string, unknown, unknown]>([
    ['a text', 'hello', 'hello'],
    ['an object', { a: [1, 'b', null, true] }, { a: [1, 'b', null, true] }],
    ['a bigint', { n: 10n }, { n: '10' }],
    ['a number that JSON does not have', [Number.NaN, Infinity], ['NaN', 'Infinity']],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a Map', new Map([['a', 1]]), [['a', 1]]],
    ['a Set', new Set([1]), [1]],
    ['bytes', { b: Buffer.from('x') }, { b: '[bytes]' }],
    ['a stream', Readable.from([]), '[Readable]'],
    ['a promise', { p: Promise.resolve(1) }, { p: '[Promise]' }],
    ['a function', { f: () => 1 }, { f: '[function]' }],
    ['a symbol', Symbol('x'), '[symbol]'],
    ['an instance, by the rules of its class', new Account(), { name: 'ada' }],
    ['an instance in an object', { user: new Account() }, { user: { name: 'ada' } }],
    ['an error, only its message', new Error('boom'), 'boom'],
    [
      'an error with further members',
      { e: Object.assign(new Error('boom'), { token: 't' }) },
      { e: 'boom' },
    ],
    ['a circular reference', circular, { self: '[circular]' }],
    ['a value that throws', new Broken(), '[not loggable]'],
    ['half a character', 'a\ud800', 'a\ufffd'],
    ['a long text', 'x'.repeat(20_000), `${'x'.repeat(16_383)}…`],
    ['a long text within an object', { t: 'x'.repeat(20_000) }, { t: `${'x'.repeat(4_095)}…` }],
    ['too many values', Array.from({ length: 20_000 }, () => 1), '[too long to log]'],
    ['nothing', undefined, undefined],
  ])('of %s', (_, data, sent) => {
    expect(logData(data)).toEqual(sent);
  });

  it('does not read a stream that is logged', () => {
    const stream = Readable.from(['a']);
    logData({ stream });
    expect(stream.destroyed).toBe(false);
  });

  it('is JSON, for any value', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
        }),
        (data) => {
          const text = JSON.stringify({ data: logData(data) ?? null });
          expect(text.length).toBeLessThan(200_000);
        },
      ),
    );
  });
});
