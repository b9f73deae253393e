import type { INestApplication } from '@nestjs/common';
import { McpRegistry, McpTool, McpToolType, Param } from '@nestmcp/core';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import * as fc from 'fast-check';
import * as z from 'zod';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { answerOf } from '../support/wire/stateless-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const MOST_BYTES = 16 * 1024;
const FIELDS = 8;
const FIELD_NAMES = Array.from({ length: FIELDS }, (_, index) => `field${index}`);

let asked = 0;
let worded = 0;
const Counted = (): PropertyDecorator =>
  ValidateBy({
    name: 'counted',
    validator: {
      validate: (value) => {
        asked++;
        return typeof value === 'number';
      },
      defaultMessage: () => {
        worded++;
        return 'must be counted';
      },
    },
  });

class Item {
  [field: string]: unknown;
}
for (const name of FIELD_NAMES) Counted()(Item.prototype, name);
class Order {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Item)
  items!: Item[];
  @IsOptional()
  @IsInt()
  count?: number;
}

const RIGHT = Object.fromEntries(FIELD_NAMES.map((name) => [name, 1]));
const items = fc.array(
  fc.constantFrom<unknown[]>(
    RIGHT,
    { ...RIGHT, field0: 'x' },
    { ...RIGHT, unknown: 1 },
    { field0: 1 },
    {},
    null,
    'x',
    [RIGHT],
    [],
  ),
  { maxLength: 400, size: 'max' },
);

describe('invalid arguments', () => {
  it('run the rules at most twice as often as valid arguments of the same size', async () => {
    const plan = planClass(Order, new Map());
    await fc.assert(
      fc.asyncProperty(items, async (given) => {
        asked = 0;
        worded = 0;
        await plan.read({ items: given }).catch((error: unknown) => error);
        const nodes = given.reduce<number>((sum, item) => sum + Object.keys(item ?? {}).length, 0);
        // The few findings before the limit is reached are counted as well.
        expect(asked).toBeLessThanOrEqual(2 * nodes + 50 * FIELDS);
        expect(worded).toBeLessThanOrEqual(50);
      }),
      { numRuns: 60 },
    );
  });
});

@McpToolType()
class Tools {
  @McpTool()
  order(@Param() order: Order): number {
    return order.items.length;
  }

  @McpTool()
  plain(): string {
    return 'plain';
  }

  @McpTool()
  scalar(@Param('word') word: string): string {
    return word;
  }
}

const SCHEMA = {
  type: 'object',
  properties: { items: { type: 'array', items: { type: 'object', required: FIELD_NAMES } } },
  additionalProperties: false,
};
const ZOD = z.strictObject({
  items: z.array(z.object({ field0: z.number() })).optional(),
});

const many = (make: (index: number) => readonly [string, unknown], count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const HOSTILE: readonly (readonly [string, object])[] = [
  ['unknown names', many((index) => [`u${index}`, 1], 9_900)],
  ['long unknown names', many((index) => [`${'\n'.repeat(300)}${index}`, 1], 5_000)],
  ['empty items', { items: Array.from({ length: 9_900 }, () => ({})) }],
  ['items that are none', { items: Array.from({ length: 9_900 }, () => 'x'.repeat(300)) }],
  ['a deep one', { items: [JSON.parse('{"a":'.repeat(50) + '1' + '}'.repeat(50))] }],
  ['one long text', { items: 'x'.repeat(3_000_000) }],
];

describe.each(PLATFORMS)('the response to invalid arguments on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [Tools] }));
    const registry = app.get(McpRegistry);
    registry
      .tool('schema')
      .input(SCHEMA)
      .handle(() => 'schema');
    registry
      .tool('zod')
      .input(ZOD)
      .handle(() => 'zod');
  });

  afterAll(async () => {
    await app.close();
  });

  it.each(['order', 'plain', 'scalar', 'schema', 'zod'])(
    'is at most 16 KiB for %s, and says how much is omitted',
    async (name) => {
      for (const [kind, args] of HOSTILE) {
        const { result } = await answerOf(url, {
          method: 'tools/call',
          params: { name, arguments: args },
        });
        const { content, isError } = result as unknown as {
          readonly content: readonly { readonly text: string }[];
          readonly isError: boolean;
        };
        const text = content.map((block) => block.text).join('');
        expect([kind, isError]).toEqual([kind, true]);
        expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
        expect(text.split('\n').length).toBeLessThanOrEqual(52);
      }
    },
  );

  it('counts the findings that it omits', async () => {
    const args = many((index) => [`u${index}`, 1], 9_900);
    for (const name of ['order', 'plain', 'scalar', 'zod']) {
      const { result } = await answerOf(url, {
        method: 'tools/call',
        params: { name, arguments: args },
      });
      expect(JSON.stringify(result)).toMatch(/and 98\d\d more/);
    }
  });
});
