/** DTOs with rules that apply under a condition. */
import { PartialType } from '@nestjs/swagger';
import { Expose, Type } from 'class-transformer';
import {
  IsDate,
  IsEnum,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

enum Unit {
  Celsius = 'c',
  Kelvin = 'k',
}
export class Point {
  @IsInt() x!: number;
}
interface Kind {
  kind?: string;
}
const isOther = ({ kind }: Kind): boolean => kind === 'other';

export class ByKind {
  @IsOptional() @IsString() kind?: string;
  @ValidateIf(isOther) @IsEnum(Unit) unit?: Unit;
  @ValidateIf(isOther) @IsNotEmpty() text?: string;
  @ValidateIf(isOther) @IsInt() @Type(() => Number) count?: number;
  @ValidateIf(isOther) @ValidateNested() @Type(() => Point) point?: Point;
  @ValidateIf(isOther) @IsInt({ each: true }) list?: number[];
}
export class Renamed {
  @Expose({ name: 'from' }) @IsDate() @Type(() => Date) start!: Date;
  @ValidateIf(({ start }: Renamed) => start.getUTCFullYear() > 2000)
  @MinLength(2)
  x?: string;
}
export class NotNull {
  @ValidateIf((_, value) => value !== null) @IsString() x!: string | null;
}
export class Both {
  @ValidateIf(({ a }: { a?: boolean }) => a === true)
  @ValidateIf(({ b }: { b?: boolean }) => b === true)
  @IsInt()
  x?: number;
  @IsOptional() a?: boolean;
  @IsOptional() b?: boolean;
}
export class Nested {
  @ValidateNested() @Type(() => ByKind) x!: ByKind;
}
export class Partial extends PartialType(Point, { skipNullProperties: false }) {}
