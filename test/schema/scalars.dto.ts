/** DTOs with one property `x`, which has one rule or a few. The table compiles this file with tsc and with SWC. */
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  Contains,
  Equals,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsEmpty,
  IsEnum,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';

enum Unit {
  Celsius = 'c',
  Kelvin = 'k',
}
enum Level {
  Low,
  High,
}
enum Mixed {
  No = 0,
  Yes = 'yes',
}
export class Text {
  @IsString() x!: string;
}
export class Lengths {
  @Length(2, 3) x!: string;
}
export class Shortest {
  @MinLength(2) x!: string;
}
export class Longest {
  @MaxLength(2) x!: string;
}
export class Pattern {
  @Matches(/^[a-c]+$/) x!: string;
}
export class Flagged {
  @Matches(/^[a-c]+$/i) x!: string;
}
export class Mail {
  @IsEmail() x!: string;
}
export class Id {
  @IsUUID() x!: string;
}
export class Containing {
  @Contains('a') x!: string;
}
export class NotEmpty {
  @IsNotEmpty() x!: unknown;
}
export class Numeric {
  @IsNumber() x!: number;
}
export class Whole {
  @IsInt() @Min(1) @Max(9) x!: number;
}
export class Positive {
  @IsPositive() x!: number;
}
export class Flag {
  @IsBoolean() x!: boolean;
}
export class TextEnum {
  @IsEnum(Unit) x!: Unit;
}
export class NumberEnum {
  @IsEnum(Level) x!: Level;
}
export class MixedEnum {
  @IsEnum(Mixed) x!: Mixed;
}
export class Choice {
  @IsIn(['a', 'b']) x!: string;
}
export class Constant {
  @Equals(5) x!: number;
}
export class AnyObject {
  @IsObject() x!: object;
}
export class Anything {
  @Allow() x?: unknown;
}
export class Empty {
  @IsEmpty() x?: unknown;
}
export class Defined {
  @IsDefined() x!: unknown;
}
export class AnyList {
  @IsArray() x!: unknown[];
}
export class Texts {
  @IsString({ each: true }) x!: string[];
}
export class SizedTexts {
  @ArrayMinSize(1) @ArrayMaxSize(2) @MaxLength(2, { each: true }) x!: string[];
}
export class Units {
  @IsEnum(Unit, { each: true }) x!: Unit[];
}
export class Optional {
  @IsOptional() @IsString() x?: string | null;
}
export class OptionalUnits {
  @IsOptional() @IsEnum(Unit, { each: true }) x?: Unit[];
}
export class Conditional {
  @ValidateIf((_, value) => value !== 'skip') @IsInt() x?: number;
}
