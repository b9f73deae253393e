import type { Type as Class } from '@nestjs/common';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMinSize,
  IsArray,
  IsEmpty,
  IsEnum,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { JsonSchema } from '../../interfaces/json.js';
import { classSchema } from '../../../../../test/support/fixtures/class-schema.js';
import { Description } from '../decorators/description.decorator.js';
import { ARGUMENTS, argumentsPublishing, RESULTS } from './publishing.js';
import { MissingRulesError, SchemaError } from '../schema.error.js';

enum Priority {
  Normal = 'normal',
  High = 'high',
}

@Description('Where to send it')
class Address {
  @Description('Street and number')
  @IsString()
  @MaxLength(80)
  street!: string;
}

class Order {
  @IsInt()
  @Min(1)
  quantity!: number;

  @IsOptional()
  @IsEnum(Priority)
  priority?: Priority = Priority.Normal;

  @Description('Main address')
  @ValidateNested()
  @Type(() => Address)
  shipTo!: Address;

  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  billTo?: Address;

  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => Address)
  stops!: Address[];
}

const ADDRESS = { $ref: '#/$defs/Address' };
const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });

function propertiesOf(type: Class, publishing = ARGUMENTS) {
  const schema = classSchema(type, [], publishing);
  expect(ajv.validateSchema(schema)).toBe(true);
  return { properties: schema.properties, required: schema.required ?? [] };
}

describe('the schema of a class', () => {
  it('is a closed object with its rules, descriptions and nested classes', () => {
    expect(classSchema(Order)).toEqual({
      type: 'object',
      properties: {
        quantity: { type: 'integer', minimum: 1 },
        priority: { type: 'string', enum: ['normal', 'high'], default: 'normal' },
        shipTo: { description: 'Main address', ...ADDRESS },
        billTo: ADDRESS,
        stops: { type: 'array', items: ADDRESS, minItems: 1 },
      },
      required: ['quantity', 'shipTo', 'stops'],
      additionalProperties: false,
      $defs: {
        Address: {
          type: 'object',
          description: 'Where to send it',
          properties: {
            street: { description: 'Street and number', type: 'string', maxLength: 80 },
          },
          required: ['street'],
          additionalProperties: false,
        },
      },
    });
    expect(ajv.validateSchema(classSchema(Order))).toBe(true);
  });

  it('lists properties in the order of their declaration, each time', () => {
    expect(Object.keys(classSchema(Order).properties as object)).toEqual([
      'quantity',
      'priority',
      'shipTo',
      'billTo',
      'stops',
    ]);
    expect(JSON.stringify(classSchema(Order))).toBe(JSON.stringify(classSchema(Order)));
  });

  it('has inherited properties, and their rules unless they are declared again', () => {
    class Base {
      @IsString()
      name!: string;
      @IsString()
      code!: string;
    }
    class Derived extends Base {
      @IsInt()
      size!: number;
    }
    MaxLength(3)(Derived.prototype, 'code');
    expect(propertiesOf(Derived)).toEqual({
      properties: {
        size: { type: 'integer' },
        code: { type: 'string', maxLength: 3 },
        name: { type: 'string' },
      },
      required: ['size', 'code', 'name'],
    });
  });

  it('keeps the description of an inherited property and class', () => {
    class Home extends Address {
      @IsInt()
      floor!: number;
    }
    expect(classSchema(Home)).toMatchObject({
      description: 'Where to send it',
      properties: { street: { description: 'Street and number' } },
    });
  });

  it('does not require a property with an initializer', () => {
    class Page {
      @IsInt()
      size = 20;
      @IsInt()
      number!: number;
    }
    expect(propertiesOf(Page).required).toEqual(['number']);
  });

  it('publishes a property under @ValidateIf, whose rules may not apply, as optional', () => {
    class Choice {
      @IsString()
      kind!: string;
      @Description('What else')
      @ValidateIf(({ kind }: Choice) => kind === 'other')
      @IsEnum(Priority)
      other?: Priority;
    }
    expect(propertiesOf(Choice)).toEqual({
      properties: {
        kind: { type: 'string' },
        other: { description: 'What else', type: 'string', enum: ['normal', 'high'] },
      },
      required: ['kind'],
    });
    expect(propertiesOf(Choice, RESULTS).properties).toMatchObject({ other: RESULTS.anything });
  });

  it.each([
    ['@Allow()', Allow(), {}],
    [
      '@IsEmpty()',
      IsEmpty(),
      { description: 'Must be empty: an empty string, null, or left out.' },
    ],
  ])('does not require a property that has only %s', (_, rule, words) => {
    class Open {}
    rule(Open.prototype, 'extra');
    const extra = { ...ARGUMENTS.anything, ...words };
    expect(propertiesOf(Open)).toEqual({ properties: { extra }, required: [] });
  });

  it('publishes a list as a list, also when no rule says so', () => {
    class Lists {
      @IsString({ each: true })
      tags!: string[];
      @IsArray()
      anything!: unknown[];
      @ValidateNested()
      @Type(() => Address)
      stops!: Address[];
    }
    expect(propertiesOf(Lists).properties).toEqual({
      tags: { type: 'array', items: { type: 'string' } },
      anything: { type: 'array' },
      stops: { type: 'array', items: ADDRESS },
    });
  });

  it('publishes items for a list of any type', () => {
    class Tags {
      @Allow()
      @Type(() => String)
      tags!: Set<string>;
      @Allow()
      any!: unknown[];
    }
    expect(propertiesOf(Tags).properties).toEqual({
      tags: { type: 'array', items: { type: 'string' } },
      any: { type: 'array', items: ARGUMENTS.anything },
    });
  });
});

describe('an optional property', () => {
  class Optional {
    @IsOptional()
    @IsObject()
    @ValidateNested()
    @Type(() => Address)
    home?: Address;
    @IsOptional()
    @IsNotEmpty()
    anything?: unknown;
    @IsOptional()
    bare?: unknown;
    @ApiProperty({ nullable: true })
    @IsOptional()
    @IsString()
    said?: string | null = null;
    @ApiProperty({ nullable: true })
    @IsString()
    refused!: string;
    @IsOptional()
    @IsString()
    note?: string | null = null;
  }
  const NULL = { type: 'null' };
  const text = { type: 'string' };

  it('may be omitted, and publishes null only when it is declared nullable', () => {
    expect(propertiesOf(Optional)).toEqual({
      properties: {
        home: { ...ADDRESS, type: 'object' },
        anything: { ...ARGUMENTS.anything, minLength: 1 },
        bare: ARGUMENTS.anything,
        said: { anyOf: [text, NULL], default: null },
        refused: text,
        note: text,
      },
      required: ['refused'],
    });
  });

  it('publishes null on request', () => {
    expect(propertiesOf(Optional, argumentsPublishing(true)).properties).toEqual({
      home: { anyOf: [{ ...ADDRESS, type: 'object' }, NULL] },
      anything: { anyOf: [{ ...ARGUMENTS.anything, minLength: 1 }, NULL] },
      bare: { anyOf: [...(ARGUMENTS.anything.anyOf as JsonSchema[]), NULL] },
      said: { anyOf: [text, NULL], default: null },
      refused: text,
      note: { anyOf: [text, NULL], default: null },
    });
  });

  it('publishes null in the schema of a result, which has the values that the rules accept', () => {
    expect(propertiesOf(Optional, RESULTS).properties).toMatchObject({
      anything: { anyOf: [{ ...RESULTS.anything, minLength: 1 }, NULL] },
      bare: RESULTS.anything,
      note: { anyOf: [text, NULL], default: null },
    });
  });

  class Part extends PartialType(Address) {}
  it('of a mapped type is the same', () => {
    expect(propertiesOf(Part)).toEqual({
      properties: { street: { ...text, maxLength: 80 } },
      required: [],
    });
  });
});

describe('a class that cannot be published', () => {
  class Bare {}
  class HoldsBare {
    @ValidateNested()
    @Type(() => Bare)
    bare!: Bare;
  }
  class Untyped {
    @ValidateNested()
    bare!: Address;
  }
  class Demanding {
    constructor(given: { name: string }) {
      this.name = given.name;
    }
    @IsString()
    name: string;
  }
  class Shadowing {}
  IsString()(Shadowing.prototype, 'valueOf');

  it.each([
    ['without rules', Bare, MissingRulesError, 'Bare has no class-validator rules'],
    ['with a nested one without rules', HoldsBare, MissingRulesError, 'Bare has no'],
    ['with a nested one not named to class-transformer', Untyped, SchemaError, '@Type(() => '],
    ['whose constructor needs arguments', Demanding, SchemaError, 'Demanding cannot be made'],
    ['with a property that every object has', Shadowing, SchemaError, 'Shadowing.valueOf has'],
  ])('%s is refused with its name and the reason', (_, type, error, words) => {
    const publish = () => classSchema(type as Parameters<typeof classSchema>[0]);
    expect(publish).toThrow(error);
    expect(publish).toThrow(words);
  });
});
