/** DTOs as applications with the Swagger CLI plugin write them. The test compiles this file with the plugin. */
import {
  ApiHideProperty,
  ApiProperty,
  IntersectionType,
  OmitType,
  PartialType,
  PickType,
} from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsDefined, IsInt, IsNotEmpty, IsOptional, IsString } from 'class-validator';

export enum Unit {
  Celsius = 'c',
  Kelvin = 'k',
}
export class Role {
  @IsInt()
  id!: number;
}
class Base {
  /** Who asks */
  @IsString()
  caller!: string;
}
export class Create extends Base {
  /**
   * What it is called
   * @example a
   */
  @IsString()
  name!: string;

  /** How many */
  @ApiProperty({ default: 3, example: 5 })
  @IsInt()
  count!: number;

  @ApiProperty({ default: 7 })
  @IsOptional()
  @IsInt()
  size?: number;

  @IsOptional()
  @IsInt()
  page?: number = 1;

  /** Not for models */
  @ApiHideProperty()
  @IsOptional()
  @IsString()
  trace?: string;

  /** How it is measured */
  @IsNotEmpty()
  unit!: Unit;

  @IsOptional()
  units?: Unit[];

  @IsOptional()
  level?: 'low' | 'high';

  @IsOptional()
  tags?: string[];

  @IsOptional()
  role?: Role | null;

  @IsOptional()
  @Type(() => Role)
  roles?: Role[];

  @IsOptional()
  map?: Record<string, number>;

  @IsOptional()
  point?: { x: number };

  @IsOptional()
  anything?: unknown;

  @IsOptional()
  @Transform(({ value }: { value: string }) => value.split(','))
  @ApiProperty({ type: String })
  words?: string[];
}
export class Update extends PartialType(Create) {}
export class Named extends PickType(Create, ['name', 'trace']) {}
export class Unnamed extends OmitType(Create, ['name']) {}
export class Both extends IntersectionType(Named, Role) {}
export class AllHidden {
  @ApiHideProperty()
  @IsOptional()
  @IsDefined()
  secret?: string;
}
