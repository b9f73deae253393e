/** A DTO with validation groups; the table requests one of them. */
import { Expose } from 'class-transformer';
import { IsInt, IsString, MaxLength } from 'class-validator';

export class Grouped {
  @IsInt() x!: number;
  @IsString({ groups: ['create'] }) password!: string;
  @MaxLength(2, { groups: ['update'], always: true }) note!: string;
  @Expose({ groups: ['create'] }) @IsString() role!: string;
  @IsInt({ groups: ['update'] }) left!: number;
}
