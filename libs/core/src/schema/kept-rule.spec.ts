import { Ajv2020 } from 'ajv/dist/2020.js';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsEnum,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  NotEquals,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { assert, asyncProperty, constantFrom, jsonValue, oneof, record } from 'fast-check';
import type { JsonObject } from '../interfaces/json.js';
import { planClass } from './arguments/arguments-plan.js';
import { RESULTS } from './class-validator/publishing.js';

enum Level {
  Low,
  High,
}
class Node {
  @IsString()
  @MaxLength(3)
  name!: string;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Node)
  children?: Node[];
}
class Everything {
  @IsInt()
  @Min(0)
  count!: number;
  @IsOptional()
  @IsEnum(Level)
  level?: Level;
  @IsIn(['a', 1], { each: true })
  @ArrayMaxSize(2)
  list!: unknown[];
  @NotEquals('x')
  free!: unknown;
  @ValidateNested()
  @Type(() => Node)
  tree!: Node;
  @ValidateIf(({ count }: Everything) => count > 1)
  @IsString()
  when?: string;
  @IsInt()
  size = 1;
}

const NODE = { name: 'a', children: [{ name: 'b' }] };

/** Each member is usually valid, or else invalid or arbitrary. Optional members may be missing. */
const member = (right: readonly unknown[], wrong: readonly unknown[]) =>
  oneof(
    { arbitrary: constantFrom(...right), weight: 16 },
    { arbitrary: constantFrom(...wrong), weight: 3 },
    { arbitrary: jsonValue({ maxDepth: 2 }), weight: 1 },
  );
const nearlyRight = record(
  {
    count: member([0, 1, 2], [-1, 1.5]),
    level: member([0, 1, null], ['Low']),
    list: member([[], ['a'], ['a', 1]], ['a', [[]], null]),
    free: member(['', 1, null], ['x']),
    tree: member([NODE, { name: 'abc' }], [[], [NODE], null, { name: 'a', children: NODE }]),
    when: member(['a'], [1]),
    size: member([1], [null]),
  },
  { requiredKeys: ['count', 'list', 'tree', 'free'] },
);

const plan = planClass(Everything, new Map(), [], RESULTS);
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(plan.inputSchema);

const isAccepted = (raw: JsonObject) =>
  plan.read(raw).then(
    () => true,
    () => false,
  );

it('the schema of a class accepts every value that its rules accept', async () => {
  let accepted = 0;
  await assert(
    asyncProperty(nearlyRight, async (raw) => {
      const byRules = await isAccepted(raw);
      if (byRules) accepted++;
      expect({ raw, bySchema: validate(raw) || !byRules }).toEqual({ raw, bySchema: true });
    }),
    { numRuns: 5_000 },
  );
  // A property about accepted values proves little when almost none is accepted.
  expect(accepted).toBeGreaterThan(500);
});
