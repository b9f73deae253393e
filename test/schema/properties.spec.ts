import type { Type as Class } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { Type } from 'class-transformer';
import * as rules from 'class-validator';
import * as fc from 'fast-check';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import type { JsonSchema } from '../../libs/core/src/interfaces/json.js';

const SEED = Number(process.env.SCHEMA_SEED ?? Date.now() % 2 ** 31);
const CLASSES = 120;
const VALUES = 100;

class Inner {
  @rules.IsInt()
  @rules.Min(0)
  x!: number;
}

type Rules = readonly PropertyDecorator[];
const each = { each: true };

/** The documented list: rules that accept exactly what their schema accepts. */
const EXACT: readonly Rules[] = [
  [rules.IsString()],
  [rules.IsNumber()],
  [rules.IsInt()],
  [rules.IsBoolean()],
  [rules.IsArray()],
  [rules.IsObject()],
  [rules.IsEnum({ A: 'a', B: 'b' })],
  [rules.IsEnum({ 0: 'A', A: 0 })],
  [rules.IsIn(['a', 1])],
  [rules.Equals(1)],
  [rules.Min(1), rules.Max(3)],
  [rules.IsInt(), rules.IsPositive()],
  [rules.IsNegative()],
  [rules.IsArray(), rules.ArrayMinSize(1), rules.ArrayMaxSize(2)],
  [rules.IsString(each)],
  [rules.IsInt(each), rules.ArrayNotEmpty()],
  [rules.IsDate(), Type(() => Date)],
  [rules.IsDate(each), Type(() => Date)],
  [rules.ValidateNested(), Type(() => Inner)],
  [rules.ValidateNested(each), Type(() => Inner)],
];
/** Rules without messages, whose schemas are narrower than the rules: without null, and without nested lists. */
const OPEN: readonly Rules[] = [
  [rules.IsDefined()],
  [rules.IsNotEmpty()],
  [rules.NotEquals('a')],
  [rules.Allow()],
];
/** Rules that accept less than their schema can express. */
const LOOSE: readonly Rules[] = [
  [rules.IsEmail()],
  [rules.Length(1, 3)],
  [rules.Matches(/^[a-c]+$/i)],
  [rules.IsDivisibleBy(2)],
  [rules.ArrayUnique()],
  [rules.IsUUID()],
  [rules.ArrayContains([1])],
];

const NOW = '2026-01-31T12:00:00Z';
const anything: fc.Arbitrary<unknown> = fc.oneof(
  {
    arbitrary: fc.constantFrom('', 'a', 'b', 'A', 'abc', NOW, 'a@b.de', '2026-01-31', '1'),
    weight: 4,
  },
  { arbitrary: fc.constantFrom(0, 1, 2, 3, -1, 1.5, true, false, null), weight: 4 },
  { arbitrary: fc.constantFrom({}, { x: 1 }, { x: -1 }, { x: 1, y: 1 }), weight: 3 },
  {
    arbitrary: fc.array(fc.constantFrom('a', 1, 2, null, NOW, { x: 1 }, { x: 'a' }), {
      maxLength: 3,
    }),
    weight: 3,
  },
  { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
);

/** Values that a published schema accepts. Sizes and patterns are left to chance. */
function fromSchema(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  const { $ref, anyOf, enum: choices, const: only, type } = schema;
  if (typeof $ref === 'string')
    return fromSchema((root.$defs as Record<string, JsonSchema>)[$ref.slice(8)] ?? {}, root);
  if (Array.isArray(anyOf))
    return fc.oneof(...(anyOf as JsonSchema[]).map((one) => fromSchema(one, root)));
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as unknown[]));
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(type))
    return fc.oneof(...type.map((one) => fromSchema({ ...schema, type: one as unknown }, root)));
  return ofType(schema, root);
}

function ofType(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  const { type, format, properties, required = [], items = {} } = schema;
  if (type === 'string') return format === 'date-time' ? fc.constant(NOW) : fc.string();
  if (type === 'integer') return fc.integer({ min: -3, max: 5 });
  if (type === 'number')
    return fc.oneof(
      fc.integer({ min: -3, max: 5 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'array') return fc.array(fromSchema(items as JsonSchema, root), { maxLength: 3 });
  if (!properties) return type === 'object' ? fc.dictionary(fc.string(), fc.integer()) : anything;
  const members = Object.entries(properties).map(
    ([name, one]) => [name, fromSchema(one as JsonSchema, root)] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: required as never[] });
}

interface Made {
  readonly type: Class;
  readonly isExact: boolean;
  readonly isOpen: boolean;
  readonly optional: readonly string[];
}

const property = fc.record({
  rules: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...EXACT).map((all) => ({ all, kind: 'exact' })) },
    { weight: 2, arbitrary: fc.constantFrom(...LOOSE).map((all) => ({ all, kind: 'loose' })) },
    { weight: 1, arbitrary: fc.constantFrom(...OPEN).map((all) => ({ all, kind: 'open' })) },
  ),
  isOptional: fc.boolean(),
});
const anyClass: fc.Arbitrary<Made> = fc
  .array(property, { minLength: 1, maxLength: 3 })
  .map((properties) => {
    class Dto {}
    for (const [index, one] of properties.entries())
      for (const rule of [...one.rules.all, ...(one.isOptional ? [rules.IsOptional()] : [])])
        rule(Dto.prototype, `p${index}`);
    return {
      type: Dto,
      isExact: properties.every(({ rules: { kind } }) => kind === 'exact'),
      isOpen: properties.some(({ rules: { kind } }) => kind === 'open'),
      optional: properties.flatMap(({ isOptional }, index) => (isOptional ? [`p${index}`] : [])),
    };
  });

/** What the schema must accept when the rules do. The null of an optional property is not published. */
const withoutNulls = (given: object, optional: readonly string[]): object =>
  Object.fromEntries(
    Object.entries(given).filter(([name, value]) => value !== null || !optional.includes(name)),
  );

const ajv = new Ajv2020({ strict: true, strictTypes: false });
for (const name of ['date-time', 'email', 'uuid'] as const) ajv.addFormat(name, fullFormats[name]);
/** Out of scope: the reserved names, and numbers that Ajv accepts as a multiple of nothing. */
const isOdd = (value: unknown) =>
  /"(?:__proto__|constructor|prototype|toString|valueOf)"|e\+/.test(JSON.stringify(value));

console.info(`SCHEMA_SEED=${SEED}`);

describe(`random rules and schemas (SCHEMA_SEED=${SEED})`, () => {
  it('agree on every value', async () => {
    const classes = fc.sample(anyClass, { seed: SEED, numRuns: CLASSES });
    const count = { cases: 0, accepted: 0, exact: 0 };
    for (const [index, { type, isExact, isOpen, optional }] of classes.entries()) {
      const plan = planClass(type, new Map());
      const validate = ajv.compile(plan.inputSchema);
      const names = Object.keys(plan.inputSchema.properties as object);
      const byChance = fc.dictionary(fc.constantFrom(...names, 'z'), anything);
      const bySchema = fromSchema(plan.inputSchema, plan.inputSchema) as fc.Arbitrary<object>;
      const near = fc
        .tuple(bySchema, fc.constantFrom(...names), anything)
        .map(([given, name, value]): object => ({ ...given, [name]: value }));
      const samples = [byChance, bySchema, near].flatMap((one) =>
        fc.sample(one, { seed: SEED + index, numRuns: VALUES }),
      );
      for (const given of samples.map((one) => ({ ...one })).filter((one) => !isOdd(one))) {
        const accepted = await plan.read(given).then(
          () => true,
          () => false,
        );
        const covered = validate(withoutNulls(given, optional));
        count.cases++;
        if (accepted) count.accepted++;
        if (isExact) count.exact++;
        if (isExact ? covered !== accepted : accepted && !covered && !isOpen)
          throw new Error(JSON.stringify({ SEED, schema: plan.inputSchema, given, accepted }));
      }
    }
    expect(count.cases).toBeGreaterThan(20_000);
    expect(count.accepted).toBeGreaterThan(2_000);
    expect(count.exact).toBeGreaterThan(2_000);
  }, 60_000);
});
