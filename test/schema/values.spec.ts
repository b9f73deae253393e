import type { Type } from '@nestjs/common';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { compiled } from './compilers.js';

const NOW = '2026-01-31T12:00:00Z';
const when = new Date(NOW);
const circle = { kind: 'circle', radius: 1 };

describe.each(compiled<Record<string, Type>>('test/schema/shapes.dto.ts'))(
  'the value that a tool receives, compiled by %s',
  (_, classes) => {
    const typeOf = (name: string): Type => classes[name] ?? class Missing {};
    const read = async (name: string, given: object, groups?: string[]) =>
      (await planClass(typeOf(name), new Map(), groups).read({ ...given })) as { x: unknown };
    const made = (name: string, values: object): object =>
      Object.assign(new (typeOf(name))() as object, values);

    it.each<[string, unknown, unknown]>([
      ['Moment', NOW, when],
      ['OptionalMoment', null, null],
      ['Moments', [NOW], [when]],
      ['MomentSet', [NOW], new Set([when])],
      ['TextSet', ['a', 'a', 'b'], new Set(['a', 'b'])],
      ['NumberMap', { a: 1 }, new Map([['a', 1]])],
      ['Big', '-9007199254740993', -9007199254740993n],
      ['Converted', 5, 5],
    ])('has the declared type for %s %j', async (name, given, value) => {
      expect((await read(name, { x: given })).x).toStrictEqual(value);
    });

    it('is an instance of the class that the discriminator selects', async () => {
      const { x } = await read('Union', { x: circle });
      expect(x).toStrictEqual(made('Circle', { radius: 1 }));
      const { x: list } = await read('Unions', { x: [circle, { kind: 'square', side: 2 }] });
      expect(list).toStrictEqual([made('Circle', { radius: 1 }), made('Square', { side: 2 })]);
      const { x: kept } = await read('KeptUnion', { x: { kind: 'kept', size: 1 } });
      expect(kept).toStrictEqual(made('Kept', { kind: 'kept', size: 1 }));
    });

    it('leaves the arguments of the call unchanged', async () => {
      const given = { x: [{ ...circle }] };
      await read('Unions', given);
      expect(given).toEqual({ x: [circle] });
    });

    it('can be a Set or a Map of instances', async () => {
      const { x: set } = await read('PointSet', { x: [{ x: 1 }] });
      expect(set).toStrictEqual(new Set([made('Point', { x: 1 })]));
      const { x: map } = await read('PointMap', { x: { a: { x: 1 } } });
      expect(map).toStrictEqual(new Map([['a', made('Point', { x: 1 })]]));
    });

    it('has the property names of the class, and its initial values', async () => {
      await expect(read('RenamedNested', { x: { x: 1 } })).resolves.toMatchObject({
        inner: { inner: 1 },
      });
      await expect(read('Initialized', {})).resolves.toMatchObject({ x: 5 });
      await expect(read('InitializedList', {})).resolves.toMatchObject({ x: ['a'] });
    });

    it.each<[string, object, string]>([
      ['RenamedNested', { x: { x: 'a' } }, 'x.x: '],
      ['RenamedNested', { x: { inner: 1 } }, 'x.inner: is not an argument'],
      ['Hidden', { x: 1, secret: 'a' }, 'secret: is not an argument'],
      ['Union', { x: { radius: 1 } }, 'x.kind: must be one of "circle", "square" (discriminator)'],
      ['Unions', { x: [circle, null] }, 'x[1]: must be an object'],
      ['Unions', { x: [{ ...circle, radius: 0 }] }, 'x[0].radius: must be a positive number'],
      ['PointMap', { x: { a: { x: 'b' } } }, 'x.a.x: must be an integer number'],
      ['Moment', { x: 5 }, 'x: must be a date-time such as'],
      ['Big', { x: 'a' }, 'x: must be a whole number in text'],
      ['Big', {}, 'x: is missing; '],
      ['Converted', { x: '5' }, 'x: must be an integer number (isInt)'],
      ['RuleWithSchema', { x: 1 }, 'x: must be even (even)'],
      ['RuleWithout', { x: 'no' }, 'x: '],
    ])('names the property as callers know it when %s refuses %j', async (name, given, words) => {
      await expect(read(name, given)).rejects.toThrow(words);
    });

    it.each([
      [60, 'name: must be a string'],
      [50_000, 'nested deeper than 128 levels'],
    ])('is refused when it is nested %d times', async (times, words) => {
      let tree: object = { name: 1 };
      for (let depth = 0; depth < times; depth++) tree = { name: 'a', children: [tree] };
      await expect(read('Tree', tree)).rejects.toThrow(words);
    });
  },
);
