import { Param } from '@nestmcp/core';
import { Expose, Type } from 'class-transformer';
import { IsInt, IsString, Max, ValidateNested } from 'class-validator';
import { TOOL } from '../../libs/core/src/features/tools/definition/tool-kind.js';
import { planArguments } from '../../libs/core/src/discovery/arguments-planner.js';

class Item {
  @IsString({ groups: ['create'] })
  sku!: string;
  @IsInt()
  count!: number;
}
class Order {
  @ValidateNested()
  @Type(() => Item)
  item!: Item;
  @Expose({ name: 'made_by', groups: ['create'] })
  @IsString({ groups: ['create'] })
  madeBy!: string;
}

class Tools {
  plain(@Param() _order: Order) {}
  create(@Param(undefined, { groups: ['create'] }) _order: Order) {}
  named(@Param('item', { groups: ['create'] }) _item: Item) {}
  optional(@Param('x', { optional: true, type: String }) _x?: string) {}
  several(@Param('x', 'What', { optional: true }, { type: 'integer' }, Max(9)) _x?: number) {}
  nothing(@Param('x', { default: null, type: String }) _x: string | null) {}
  nothingBounded(@Param('x', { default: null, type: 'integer' }, Max(9)) _x: number | null) {}
}

const planOf = (methodName: string) => {
  const types = Reflect.getMetadata('design:paramtypes', Tools.prototype, methodName) as unknown[];
  const planned = planArguments(
    { kind: TOOL, host: new Tools(), hostClass: Tools, methodName },
    types,
  );
  if (planned.plan === undefined) throw new Error(planned.problems.join('\n'));
  return planned.plan;
};
const read = async (methodName: string, given: object) =>
  await planOf(methodName).read(given as Record<string, unknown>);

const ITEM = { sku: 'a', count: 1 };

describe('the groups of a parameter', () => {
  it('are empty by default: rules with groups are neither applied nor published', async () => {
    expect(planOf('plain').inputSchema).toMatchObject({
      properties: { item: {} },
      required: ['item'],
      $defs: { Item: { required: ['count'] } },
    });
    await expect(read('plain', { item: { count: 1 } })).resolves.toMatchObject({});
    await expect(read('plain', { item: ITEM })).rejects.toThrow('item.sku: is not an argument');
  });

  it('apply to the schema, the transformation and the validation of nested classes', async () => {
    expect(planOf('create').inputSchema).toMatchObject({
      required: ['item', 'made_by'],
      $defs: { Item: { required: ['sku', 'count'] } },
    });
    const made = await read('create', { item: ITEM, made_by: 'me' });
    expect(made).toMatchObject({ item: ITEM, madeBy: 'me' });
    await expect(read('create', { item: { sku: 'a' }, made_by: 'me' })).rejects.toThrow(
      'item.count: is missing',
    );
    await expect(read('create', { item: ITEM, made_by: 1 })).rejects.toThrow(
      'made_by: must be a string',
    );
  });

  it('apply to the class of a single parameter', async () => {
    await expect(read('named', { item: ITEM })).resolves.toEqual({ item: ITEM });
    await expect(read('named', { item: { count: 1 } })).rejects.toThrow('item.sku: is missing');
  });
});

describe('an optional parameter', () => {
  it('is not nullable because it is optional', async () => {
    await expect(read('optional', {})).resolves.toBeDefined();
    await expect(read('optional', { x: null })).rejects.toThrow('x: must be a string');
  });
});

describe('a default of null', () => {
  it.each([
    ['nothing', 'a'],
    ['nothingBounded', 1],
  ])(
    'of %s is used when the argument is missing, and is also an accepted value',
    async (name, value) => {
      expect(await read(name, {})).toMatchObject({ x: null });
      expect(await read(name, { x: null })).toMatchObject({ x: null });
      expect(await read(name, { x: value })).toMatchObject({ x: value });
      await expect(read(name, { x: true })).rejects.toThrow('x: must be');
      expect(planOf(name).inputSchema).toMatchObject({
        properties: { x: { anyOf: [expect.anything(), { type: 'null' }], default: null } },
      });
    },
  );
});

it('reads several options objects of a parameter as one', async () => {
  expect(planOf('several').inputSchema).toMatchObject({
    properties: { x: { type: 'integer', description: 'What', maximum: 9 } },
  });
  await expect(read('several', {})).resolves.toEqual({});
});
