/** DTOs that nest, convert, rename or describe properties. The table compiles this file with tsc and with SWC. */
import { ApiProperty } from '@nestjs/swagger';
import { Description } from '@nestmcp/core';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  IsDate,
  IsDefined,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  MaxLength,
  MinDate,
  Validate,
  ValidateBy,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';

enum Unit {
  Celsius = 'c',
  Kelvin = 'k',
}
export class Point {
  @IsInt() x!: number;
}
export class Tree {
  @IsString() name!: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Tree) children?: Tree[];
}
abstract class Shape {}
export class Circle extends Shape {
  @IsNumber() @IsPositive() radius!: number;
}
export class Square extends Shape {
  @IsNumber() side!: number;
}
export class Kept extends Shape {
  @IsString() kind!: string;
  @IsInt() size!: number;
}
const SHAPES = {
  discriminator: {
    property: 'kind',
    subTypes: [
      { name: 'circle', value: Circle },
      { name: 'square', value: Square },
    ],
  },
};
const KEPT = {
  discriminator: { property: 'kind', subTypes: [{ name: 'kept', value: Kept }] },
  keepDiscriminatorProperty: true,
};
@ValidatorConstraint({ name: 'even' })
class Even {
  static readonly jsonSchema = { type: 'integer', multipleOf: 2 };
  validate(value: unknown): boolean {
    return Number.isInteger(value) && Number(value) % 2 === 0;
  }
  defaultMessage(): string {
    return 'must be even';
  }
}
@ValidatorConstraint({ name: 'silent' })
class Silent {
  validate(value: unknown): boolean {
    return value === 'yes';
  }
}
@ValidatorConstraint({ name: 'under' })
class Under {
  static jsonSchema([maximum]: readonly unknown[]) {
    return { type: 'number', maximum };
  }
  validate(value: unknown, { constraints: [limit] }: { constraints: unknown[] }): boolean {
    return typeof value === 'number' && value <= Number(limit);
  }
}

export class Nested {
  @ValidateNested() @Type(() => Point) x!: Point;
}
export class OptionalNested {
  @IsOptional() @ValidateNested() @Type(() => Point) x?: Point;
}
export class NestedList {
  @ValidateNested({ each: true }) @Type(() => Point) x!: Point[];
}
export class ListByType {
  @ValidateNested() @Type(() => Point) x!: Point[];
}
export class Inherited extends Point {
  @IsString() name!: string;
}
export class Union {
  @ValidateNested() @Type(() => Shape, SHAPES) x!: Circle | Square;
}
export class OptionalUnion {
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Shape, SHAPES) x?: Circle | Square;
}
export class Unions {
  @ValidateNested({ each: true }) @Type(() => Shape, SHAPES) x!: (Circle | Square)[];
}
export class KeptUnion {
  @ValidateNested() @Type(() => Shape, KEPT) x!: Kept;
}
export class UnionSet {
  @ValidateNested({ each: true }) @Type(() => Shape, SHAPES) x!: Set<Circle | Square>;
}
export class Moment {
  @IsDate() @Type(() => Date) x!: Date;
}
export class OptionalMoment {
  @IsOptional() @IsDate() @MinDate(new Date(0)) @Type(() => Date) x?: Date;
}
export class Moments {
  @IsDate({ each: true }) @Type(() => Date) x!: Date[];
}
export class TextSet {
  @IsString({ each: true }) @Type(() => String) x!: Set<string>;
}
export class PointSet {
  @ValidateNested({ each: true }) @Type(() => Point) x!: Set<Point>;
}
export class MomentSet {
  @IsDate({ each: true }) @Type(() => Date) x!: Set<Date>;
}
export class NumberMap {
  @IsNumber({}, { each: true }) @Type(() => Number) x!: Map<string, number>;
}
export class PointMap {
  @ValidateNested({ each: true }) @Type(() => Point) x!: Map<string, Point>;
}
export class OptionalPointMap {
  @IsOptional() @ValidateNested() @Type(() => Point) x?: Map<string, Point>;
}
export class Big {
  @IsDefined() @Transform(({ value }: { value: string }) => BigInt(value)) x!: bigint;
}
export class Converted {
  @IsInt() @Type(() => Number) x!: number;
}
export class Renamed {
  @Expose({ name: 'x' }) @IsInt() inner!: number;
}
export class RenamedNested {
  @Expose({ name: 'x' }) @ValidateNested() @Type(() => Renamed) inner!: Renamed;
}
export class Hidden {
  @IsInt() x!: number;
  @Exclude() @IsString() secret!: string;
}
@Exclude()
export class OnlyExposed {
  @Expose() @IsInt() x!: number;
  @IsString() secret!: string;
}
export class Grouped {
  @IsInt() x!: number;
  @IsString({ groups: ['create'] }) password!: string;
  @MaxLength(2, { groups: ['update'], always: true }) note!: string;
}
export class RuleWithSchema {
  @Validate(Even) x!: number;
}
export class RuleWithConstraint {
  @Validate(Under, [5]) x!: number;
}
export class RuleWithContext {
  @ValidateBy(
    { name: 'hex', validator: { validate: (x) => typeof x === 'string' && /^[0-9a-f]+$/.test(x) } },
    { context: { jsonSchema: { type: 'string', pattern: '^[0-9a-f]+$' } } },
  )
  x!: string;
}
export class RuleWithout {
  @Validate(Silent) x!: string;
}
export class Swagger {
  @ApiProperty({ description: 'Words', example: 'a', title: 'X', deprecated: true, default: 'b' })
  @IsOptional()
  @IsString()
  x?: string;
}
export class SwaggerEnum {
  @ApiProperty({ enum: Unit, description: 'Lost' })
  @Description('Won')
  @IsString()
  x!: string;
}
export class Initialized {
  @IsInt() x = 5;
}
export class InitializedList {
  @IsString({ each: true }) x: string[] = ['a'];
}
export class InitializedAnew {
  @IsNumber() x = Math.random();
}
