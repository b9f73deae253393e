import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayUnique,
  IsArray,
  IsByteLength,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsLatitude,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationError,
} from 'class-validator';
import * as fc from 'fast-check';
import { lineOf } from '../../findings/findings.js';
import { RuleTable } from './bound-rules.js';
import { RuleRun, type Unruled } from './rule-run.js';

class Leaf {
  @IsInt()
  @Min(1, { message: '$property of $target was $value, at least $constraint1' })
  count!: unknown;
  @IsOptional()
  @IsString()
  @MaxLength(2)
  text?: unknown;
}
class Branch extends Leaf {
  @ValidateNested({ each: true })
  @Type(() => Leaf)
  @ArrayUnique((leaf: { count: unknown } | undefined) => leaf?.count)
  leaves!: unknown;
  @IsOptional()
  @ValidateNested()
  @Type(() => Branch)
  branch?: unknown;
  @ValidateIf((holder: { text?: unknown }) => holder.text !== undefined)
  @IsIn(['a', 'b', 3])
  choice!: unknown;
  @IsDefined()
  @Allow()
  any!: unknown;
  @IsInt({ each: true })
  @Max(5, { each: true, message: ({ property }) => `too much in ${property}` })
  @IsArray()
  numbers!: unknown;
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? new Set(value) : value))
  @IsString({ each: true })
  words?: unknown;
  @IsOptional()
  @IsEmail(undefined, { validateIf: (holder: { any: unknown }) => holder.any !== 1 })
  mail?: unknown;
  @IsOptional()
  @IsByteLength(1, 3)
  bytes?: unknown;
  @IsOptional()
  @IsLatitude()
  latitude?: unknown;
  @IsOptional()
  @ValidateBy({
    name: 'late',
    validator: {
      validate: async (value) => Promise.resolve(value !== 'x'),
      defaultMessage: () => 'x comes late',
    },
  })
  late?: unknown;
}

const UNRULED: Unruled = {
  nameOf: (_, property) => property,
  initialOf: () => ({}),
};
const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  groups: [],
  always: true,
  strictGroups: true,
};

/** The paths and rules that class-validator itself reports. */
function brokenBy(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap(({ property, constraints, children, value }) => {
    const path = property === undefined ? parent : `${parent}/${property}`;
    const own = Object.keys(constraints ?? {}).filter(
      (rule) => rule !== 'whitelistValidation' || value !== undefined,
    );
    return [...own.map((rule) => `${path} ${rule}`), ...brokenBy(children ?? [], path)];
  });
}

const scalar = fc.constantFrom<unknown[]>(
  0,
  1,
  5,
  6,
  1.5,
  '',
  'a',
  'abc',
  'x',
  'a@b.de',
  true,
  null,
);
const { branch } = fc.letrec<{ leaf: unknown; branch: unknown }>((tie) => ({
  leaf: fc.oneof(
    { weight: 1, arbitrary: scalar },
    {
      weight: 5,
      arbitrary: fc.record({ count: scalar, text: scalar, extra: scalar }, { requiredKeys: [] }),
    },
  ),
  branch: fc.record(
    {
      count: scalar,
      text: scalar,
      leaves: fc.oneof(fc.array(tie('leaf'), { maxLength: 4 }), scalar),
      branch: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('branch')),
      choice: scalar,
      any: scalar,
      numbers: fc.oneof(fc.array(scalar, { maxLength: 3 }), scalar),
      words: fc.oneof(fc.array(scalar, { maxLength: 3 }), scalar),
      mail: scalar,
      bytes: scalar,
      latitude: scalar,
      late: scalar,
      extra: scalar,
    },
    { requiredKeys: [] },
  ),
}));

describe('a run of the rules', () => {
  const table = new RuleTable([]);

  it('finds what class-validator finds, at the same paths', async () => {
    await fc.assert(
      fc.asyncProperty(branch, async (plain) => {
        const instance = plainToInstance(Branch, plain);
        const errors = await validate(instance, STRICT);
        const expected = new Set(brokenBy(errors));
        const run = await new RuleRun(table, UNRULED, []).of(instance);
        const found = run.list.map(({ path, words }) => {
          const pointer = path.replaceAll(/\[(\d+)\]/g, '.$1').replaceAll('.', '/');
          const rule = /\((\w+)\)(?:; accepted.*)?$/.exec(words)?.[1] ?? words;
          return `${pointer === '' ? '' : `/${pointer}`} ${rule}`;
        });
        expect(run.total).toBe(expected.size);
        expect(found).toHaveLength(Math.min(50, expected.size));
        for (const one of found) expect([...expected]).toContain(one);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    [
      'names the argument once, then the rule',
      { count: 1.5 },
      'count: must be an integer number (isInt)',
    ],
    [
      'uses the messages of the application',
      { count: 0 },
      'count: of Leaf was 0, at least 1 (min)',
    ],
    [
      'says that an argument is missing',
      {},
      'count: is missing; must be an integer number (isInt)',
    ],
    ['does not report missing optional arguments', { count: 1, text: null }, undefined],
    [
      'names unknown arguments',
      { count: 1, $1: 2 },
      '$1: is not an argument (whitelistValidation)',
    ],
  ])('%s', async (_, plain, line) => {
    const { list } = await new RuleRun(table, UNRULED, []).of(plainToInstance(Leaf, plain));
    const lines = list.map(lineOf);
    expect(lines).toEqual(expect.arrayContaining(line === undefined ? [] : [line]));
    expect(lines.length > 0).toBe(line !== undefined);
  });

  it('truncates a long value that a message of the application repeats', async () => {
    const { list } = await new RuleRun(table, UNRULED, []).of(
      plainToInstance(Leaf, { count: 'x'.repeat(1_000_000) }),
    );
    expect(list.map(lineOf).join('').length).toBeLessThan(400);
  });
});
