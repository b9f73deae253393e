import { Ajv2020 } from 'ajv/dist/2020.js';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { planClass } from './arguments/arguments-plan.js';
import { classSchema } from '../../../../test/support/fixtures/class-schema.js';

class Tree {
  @IsString()
  name!: string;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Tree)
  children?: Tree[];
}
class Ping {
  @IsOptional()
  @ValidateNested()
  @Type(() => Pong)
  pong?: object;
}
class Pong {
  @IsOptional()
  @ValidateNested()
  @Type(() => Ping)
  ping?: object;
}
class Forest {
  @ValidateNested()
  @Type(() => Tree)
  tallest!: Tree;
}

const ajv = new Ajv2020({ strict: true, strictTypes: false });

/** Two classes with the same name, as two modules may have them. */
function firstItem() {
  class Item {
    @IsString()
    one!: string;
  }
  return Item;
}
function secondItem() {
  class Item {
    @IsString()
    two!: string;
  }
  return Item;
}

describe('a class that holds itself', () => {
  it('refers to the root', () => {
    expect(classSchema(Tree)).toMatchObject({
      properties: { children: { type: 'array', items: { $ref: '#' } } },
    });
    expect(classSchema(Tree)).not.toHaveProperty('$defs');
  });

  it('refers to its definition where it is nested itself', () => {
    expect(classSchema(Forest)).toMatchObject({
      properties: { tallest: { $ref: '#/$defs/Tree' } },
      $defs: { Tree: { properties: { children: { items: { $ref: '#/$defs/Tree' } } } } },
    });
  });

  it('may refer to itself through another class', () => {
    expect(classSchema(Ping)).toMatchObject({
      properties: { pong: { $ref: '#/$defs/Pong' } },
      $defs: { Pong: { properties: { ping: { $ref: '#' } } } },
    });
  });

  it.each([
    ['a leaf', { name: 'a' }, true],
    ['two levels', { name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] }, true],
    ['a child without name', { name: 'a', children: [{ name: 'b', children: [{}] }] }, false],
    ['a child that is null', { name: 'a', children: [null] }, false],
    ['one child for a list', { name: 'a', children: { name: 'b' } }, false],
  ])('is checked at every depth: %s', async (_, tree, isAccepted) => {
    const plan = planClass(Tree, new Map());
    const read = plan.read(tree).then(
      () => true,
      () => false,
    );
    await expect(read).resolves.toBe(isAccepted);
    expect(ajv.validate(plan.inputSchema, tree)).toBe(isAccepted);
  });

  it.each([Tree, Ping, Forest])('is valid JSON Schema: %p', (type) => {
    expect(ajv.validateSchema(classSchema(type))).toBe(true);
  });
});

it('classes with the same name have one definition each', () => {
  const [first, second] = [firstItem(), secondItem()];
  class Both {
    @ValidateNested()
    @Type(() => first)
    a!: object;
    @ValidateNested()
    @Type(() => second)
    b!: object;
  }
  expect(classSchema(Both)).toMatchObject({
    properties: { a: { $ref: '#/$defs/Item' }, b: { $ref: '#/$defs/Item2' } },
    $defs: { Item: { required: ['one'] }, Item2: { required: ['two'] } },
  });
});
