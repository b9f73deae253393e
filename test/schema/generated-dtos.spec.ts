import { readFileSync } from 'node:fs';
import type { Type as Class } from '@nestjs/common';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { Transform } from 'class-transformer';
import { IsInt, IsObject, IsString, IsUppercase, MinLength, ValidateIf } from 'class-validator';
import * as fc from 'fast-check';
import type { JsonSchema } from '../../libs/core/src/interfaces/json.js';
import {
  type FullArgumentsPlan,
  planClass,
} from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { InvalidArgumentsError } from '../../libs/core/src/schema/findings/invalid-arguments.error.js';
import { SchemaError } from '../../libs/core/src/schema/schema.error.js';
import { dtoOf, type GeneratedDto, type MadeDto } from '../support/fixtures/generated-dtos/dtos.js';
import { EXCEPTIONS, exceptionOf } from '../support/fixtures/generated-dtos/exceptions.js';
import { findingOf, locate } from '../support/fixtures/generated-dtos/located.js';
import { make, textOf } from '../support/fixtures/generated-dtos/make.js';
import { comparedArguments, comparedSchema } from '../support/fixtures/generated-dtos/masked.js';
import { anything, mutated, valuesOf } from '../support/fixtures/generated-dtos/values.js';
import { faultsOf } from '../support/fixtures/generated-dtos/verdicts.js';

/** The same classes in every run. Another seed has others. */
const SEED = Number(process.env.SCHEMA_SEED ?? 12);
const CLASSES = 300;
const VALUES = 20;
const OTHERS = 4;

const ajv = new Ajv2020({ strict: true, strictTypes: false });
for (const name of ['date-time', 'email', 'uuid'] as const) ajv.addFormat(name, fullFormats[name]);

/** A generated class that starts, and what was seen of it. */
interface Subject {
  readonly dto: MadeDto;
  readonly plan: FullArgumentsPlan;
  readonly validate: ValidateFunction;
  /** The check after a failing transformation, by JSON Schema. */
  readonly compare: ValidateFunction;
}

const seen = { starts: 0, stops: 0, accepted: 0, refused: 0, findings: 0, masked: 0, defaults: 0 };

function subjectOf(generated: GeneratedDto): Subject | undefined {
  const dto = make(generated);
  try {
    const plan = planClass(dto.type, new Map());
    const compare = ajv.compile(comparedSchema(plan.inputSchema));
    seen.starts++;
    return { dto, plan, validate: ajv.compile(plan.inputSchema), compare };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    seen.stops++;
    return undefined;
  }
}

/** Arguments that the schema accepts, near misses, and others. */
function argumentsOf({ dto, plan: { inputSchema } }: Subject, seed: number): object[] {
  const names = dto.properties.map(({ name }) => name);
  const bySchema = valuesOf(inputSchema, inputSchema);
  const samples = [
    fc.sample(bySchema, { seed, numRuns: VALUES }),
    fc.sample(mutated(bySchema, [...names, 'z']), { seed, numRuns: VALUES }),
    fc.sample(fc.dictionary(fc.constantFrom(...names, 'z'), anything), { seed, numRuns: OTHERS }),
  ];
  return samples.flat().map((one) => JSON.parse(JSON.stringify(one)) as object);
}

async function faultsWith(subject: Subject, raw: object): Promise<string[]> {
  const isValid = subject.validate(raw);
  try {
    const given = structuredClone(raw) as Record<string, unknown>;
    const instance = await subject.plan.read(given);
    seen.accepted++;
    return wrongDefaults(subject, raw, instance as Record<string, unknown>);
  } catch (error) {
    if (error instanceof InvalidArgumentsError)
      return faultsOfRefusal(subject, raw, error.findings, isValid);
    seen.masked++;
    // A transformation that fails on what is published is a bug of the application.
    const isBug = subject.compare(comparedArguments(subject.dto, raw));
    return isBug ? [] : [`is masked: ${String(error)}`];
  }
}

function faultsOfRefusal(
  { dto }: Subject,
  raw: object,
  findings: readonly string[],
  isValid: boolean,
): string[] {
  seen.refused++;
  seen.findings += findings.length;
  const undocumented = findings.filter((line) => {
    const finding = findingOf(line);
    return exceptionOf(finding, locate(dto, raw, finding.path)) === undefined;
  });
  return [
    ...faultsOf(dto, raw, findings),
    ...(isValid ? undocumented.map((line) => `${line} ← refuses what the schema accepts`) : []),
  ];
}

/** The published defaults that an instance does not get. */
function wrongDefaults(
  { dto, plan }: Subject,
  raw: object,
  instance: Readonly<Record<string, unknown>>,
): string[] {
  const published = Object.entries(plan.inputSchema.properties as Record<string, JsonSchema>);
  return published.flatMap(([name, schema]) => {
    const property = dto.properties.find((one) => one.name === name)?.property ?? '';
    if (!('default' in schema) || name in raw) return [];
    seen.defaults++;
    const isTrue = JSON.stringify(instance[property]) === JSON.stringify(schema.default);
    return isTrue ? [] : [`${name} ← does not get the default that is published`];
  });
}

/** Printed as a short text, because its rules are functions. */
const printed = dtoOf(2).map((generated) => ({
  generated,
  [fc.toStringMethod]: () => textOf(generated),
}));

describe('generated DTOs', () => {
  it('accept what they publish, and are refused with findings that are true', async () => {
    await fc.assert(
      fc.asyncProperty(printed, fc.nat(), async ({ generated }, seed) => {
        const subject = subjectOf(generated);
        if (subject === undefined || subject.dto.properties.length === 0) return;
        for (const raw of argumentsOf(subject, seed)) {
          const faults = await faultsWith(subject, raw);
          if (faults.length === 0) continue;
          const { inputSchema } = subject.plan;
          const about = [textOf(generated), raw, inputSchema].map((one) => JSON.stringify(one));
          throw new Error([...faults, ...about].join('\n'));
        }
      }),
      { seed: SEED, numRuns: CLASSES },
    );
    expect(seen.starts).toBeGreaterThan(seen.stops * 5);
    for (const [outcome, count] of Object.entries(seen))
      expect([outcome, count > 0 || outcome === 'stops']).toEqual([outcome, true]);
  }, 120_000);
});

describe('what a published schema cannot say', () => {
  class Sized {
    @IsString()
    kind!: string;
    @ValidateIf(({ kind }: Sized) => kind === 'sized')
    @IsInt()
    size?: number;
  }
  class Hiding {
    /** As the CLI plugin of Swagger compiles it. */
    static _OPENAPI_METADATA_FACTORY(): object {
      return {};
    }
    @IsString()
    x!: string;
  }
  class Shouted {
    @IsUppercase()
    x!: string;
  }
  class Trimmed {
    @Transform(({ value }: { value: string }) => value.trim())
    @MinLength(1)
    x!: string;
  }
  class Long {
    @MinLength(2)
    x!: string;
  }
  class Free {
    @IsObject()
    x!: object;
  }
  const EXAMPLES: readonly (readonly [Class, string])[] = [
    [Sized, '{"kind":"sized"}'],
    [Hiding, '{}'],
    [Shouted, '{"x":"a"}'],
    [Trimmed, '{"x":" "}'],
    [Long, '{"x":"❤️"}'],
    [Free, '{"x":{"toString":1}}'],
  ];

  it('is what the documentation lists', () => {
    const page = readFileSync('docs/reference/parameters.md', 'utf8');
    const [, section = ''] = page.split('### What the schema cannot say\n');
    const list = section.split('\n\n')[1]?.split('\n') ?? [];
    expect(list.map((line) => line.slice('- '.length))).toEqual(Object.keys(EXCEPTIONS));
  });

  it('has an example for each', () => {
    expect(EXAMPLES).toHaveLength(Object.keys(EXCEPTIONS).length);
  });

  it.each(
    EXAMPLES.map(([type, json], index) => [Object.keys(EXCEPTIONS)[index], type, json] as const),
  )('is real: %s', async (_, type, json) => {
    const plan = planClass(type, new Map());
    const raw = JSON.parse(json) as Record<string, unknown>;
    expect(ajv.compile(plan.inputSchema)(raw)).toBe(true);
    await expect(plan.read(raw)).rejects.toBeInstanceOf(InvalidArgumentsError);
  });
});
