/** DTOs whose rules say no type, but whose declaration, `@Type()` or `@ApiProperty()` does. */
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  Allow,
  IsArray,
  IsDate,
  IsDefined,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MinLength,
  ValidateBy,
} from 'class-validator';

enum Unit {
  Celsius = 'c',
  Kelvin = 'k',
}
export class Role {
  @IsInt() id!: number;
  @IsOptional() @Type(() => Role) parent?: Role;
}
class Bare {
  id!: number;
}
/** It cannot be published, because a Date without @Type() cannot be made. */
class Impossible {
  @IsDate() at!: Date;
}
class HoldsImpossible {
  @Allow() @Type(() => Impossible) it?: Impossible;
}
const isKnown = { name: 'known', validator: { validate: (value: unknown) => value !== 'no' } };

export class DeclaredText {
  @IsNotEmpty() x!: string;
}
export class DeclaredNumber {
  @IsNotEmpty() x!: number;
}
export class DeclaredFlag {
  @IsDefined() x!: boolean;
}
export class DeclaredList {
  @IsNotEmpty() x!: string[];
}
export class DeclaredObject {
  @IsDefined() x!: Role;
}
export class DeclaredUnknownClass {
  @IsDefined() x!: Bare;
}
export class CustomRule {
  @ValidateBy(isKnown) x!: string;
}
export class OptionalDeclared {
  @IsOptional() x?: string;
}
export class Typed {
  @IsDefined() @Type(() => Role) x!: unknown;
}
export class TypedOptional {
  @IsOptional() @Type(() => Role) x?: Role;
}
export class TypedList {
  @IsArray() @Type(() => Role) x!: Role[];
}
export class TypedSet {
  @IsDefined() @Type(() => Role) x!: Set<Role>;
}
export class TypedMap {
  @IsDefined() @Type(() => Number) x!: Map<string, number>;
}
export class TypedNumber {
  @IsDefined() @Type(() => Number) x!: unknown;
}
export class TypedBare {
  @IsDefined() @Type(() => Bare) x!: Bare;
}
export class TypedImpossible {
  @IsDefined() @Type(() => HoldsImpossible) x!: HoldsImpossible;
}
export class SaidType {
  @ApiProperty({ type: 'integer' }) @IsDefined() x!: unknown;
}
export class SaidClass {
  @ApiProperty({ type: () => Role }) @IsDefined() x!: unknown;
}
export class SaidList {
  @ApiProperty({ type: [String] }) @IsDefined() x!: unknown;
}
export class SaidItems {
  @ApiProperty({ type: () => [Role] }) @IsArray() x!: unknown[];
}
export class SaidDate {
  @ApiProperty({ type: Date }) @IsDefined() x!: unknown;
}
export class SaidEnum {
  @ApiProperty({ enum: Unit }) @IsNotEmpty() x!: unknown;
}
export class SaidEnums {
  @ApiProperty({ enum: Unit, isArray: true }) @IsNotEmpty() x!: Unit[];
}
export class RuleWins {
  @ApiProperty({ type: Number }) @IsString() @Type(() => String) x!: unknown;
}
export class SaidBeforeTransform {
  @ApiProperty({ type: String })
  @Transform(({ value }: { value: unknown }) => JSON.parse(String(value)) as unknown)
  @IsArray()
  x!: string[];
}
export class Kept {
  @MinLength(2) @Transform(({ value }: { value: unknown }) => value) x!: string;
}
