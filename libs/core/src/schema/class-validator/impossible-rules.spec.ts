import type { Type as Class } from '@nestjs/common';
import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsDate,
  IsDefined,
  IsInt,
  IsString,
  Validate,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';
import { classSchema } from '../../../../../test/support/fixtures/class-schema.js';
import { SchemaError } from '../schema.error.js';

class Point {
  @IsInt()
  x!: number;
}
class Tagged {
  @IsString()
  kind!: string;
}
@ValidatorConstraint()
class Refers {
  static readonly jsonSchema = { $ref: '#/$defs/Other' };
  validate(): boolean {
    return true;
  }
}

class NoHeldType {
  @IsString({ each: true })
  x!: Set<string>;
}
class NoMapType {
  @ValidateNested()
  x!: Map<string, Point>;
}
class SizedSet {
  @ArrayMinSize(1)
  @Type(() => String)
  x!: Set<string>;
}
class ListedMap {
  @IsArray()
  @Type(() => Number)
  x!: Map<string, number>;
}
class UnionMap {
  @ValidateNested()
  @Type(() => Point, {
    discriminator: { property: 'kind', subTypes: [{ name: 'a', value: Point }] },
  })
  x!: Map<string, Point>;
}
class TextDate {
  @IsDate()
  x!: unknown;
}
class BareDate {
  @IsDefined()
  x!: Date;
}
class DateAsText {
  @IsString()
  @Type(() => Date)
  x!: Date;
}
class BareBigint {
  @IsDefined()
  x!: bigint;
}
class WholeBigint {
  @IsInt()
  @Transform(({ value }: { value: string }) => BigInt(value))
  x!: bigint;
}
class RuledTag {
  @ValidateNested()
  @Type(() => Tagged, {
    discriminator: { property: 'kind', subTypes: [{ name: 'a', value: Tagged }] },
  })
  x!: Tagged;
}
class TwiceTagged {
  @ValidateNested()
  @Type(() => Point, {
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'a', value: Point },
        { name: 'a', value: Tagged },
      ],
    },
  })
  x!: Point;
}
class TwoNames {
  @Expose({ name: 'x' })
  @IsInt()
  inner!: number;
  @IsInt()
  x!: number;
}
class Referring {
  @Validate(Refers)
  x!: string;
}

describe('rules that no call can satisfy', () => {
  it.each<[string, Class, string, string]>([
    ['a Set of unknown values', NoHeldType, 'NoHeldType.x is a Set', '@Type(() => String)'],
    ['a Map of unknown values', NoMapType, 'NoMapType.x is a Map', '@Type(() => TheClass)'],
    ['a rule about lists on a Set', SizedSet, 'SizedSet.x is a Set', 'arrayMinSize always refuses'],
    ['a rule about lists on a Map', ListedMap, 'ListedMap.x is a Map', 'isArray always refuses'],
    ['a Map of a union', UnionMap, 'UnionMap.x', 'Declare it as a list'],
    ['@IsDate() on text', TextDate, 'TextDate.x has the rule isDate', '@Type(() => Date)'],
    ['a Date that stays text', BareDate, 'BareDate.x is a Date', '@Type(() => Date)'],
    [
      'a rule about text on a Date',
      DateAsText,
      'DateAsText.x is a Date',
      'isString always refuses',
    ],
    ['a bigint that stays text', BareBigint, 'BareBigint.x is a bigint', '@Transform('],
    ['a rule about numbers on a bigint', WholeBigint, 'WholeBigint.x', 'isInt always refuses'],
    ['rules on a removed tag', RuledTag, 'Tagged.kind', 'keepDiscriminatorProperty: true'],
    ['two classes with one tag', TwiceTagged, 'TwiceTagged.x', 'Name each once'],
    ['two properties with one name', TwoNames, 'TwoNames has two', '@Expose({ name:'],
    ['a schema of a rule that refers', Referring, 'Refers on x', 'without $ref'],
  ])('%s stops the start, with the property and the fix', (_, type, property, fix) => {
    expect(() => classSchema(type)).toThrow(SchemaError);
    expect(() => classSchema(type)).toThrow(property);
    expect(() => classSchema(type)).toThrow(fix);
  });

  it('is not assumed for a value that @Transform() may return', () => {
    class Parsed {
      @IsDate()
      @Transform(({ value }: { value: string }) => new Date(value))
      x!: Date;
    }
    expect(classSchema(Parsed)).toMatchObject({ properties: { x: { format: 'date-time' } } });
  });
});
