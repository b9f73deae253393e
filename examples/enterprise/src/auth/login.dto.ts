import { IsString } from 'class-validator';

export class LoginDto {
  /** The name of the user */
  @IsString()
  username: string;

  @IsString()
  password: string;
}

export class TokenDto {
  /** To be sent as `Authorization: Bearer …` */
  accessToken: string;
}
