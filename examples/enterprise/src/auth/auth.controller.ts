import { Body, Controller, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Public } from './auth.decorators.js';
import { LoginDto, TokenDto } from './login.dto.js';
import type { Role } from './user.interface.js';

/** Stands for the users of your identity provider. */
const USERS: Readonly<Record<string, { password: string; roles: Role[] }>> = {
  sam: { password: 'sales', roles: ['sales'] },
  mia: { password: 'manager', roles: ['sales', 'manager'] },
};

@Controller('auth')
export class AuthController {
  constructor(private readonly jwt: JwtService) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  login(@Body() { username, password }: LoginDto): TokenDto {
    const user = Object.hasOwn(USERS, username) ? USERS[username] : undefined;
    if (user?.password !== password) throw new UnauthorizedException();
    return { accessToken: this.jwt.sign({ sub: username, roles: user.roles }) };
  }
}
