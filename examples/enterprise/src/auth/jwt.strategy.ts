import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Role, User } from './user.interface.js';

/** Set `JWT_SECRET` in production. */
export const JWT_SECRET = process.env.JWT_SECRET ?? 'for development only';

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: JWT_SECRET,
    });
  }

  validate({ sub, roles }: { sub: string; roles: Role[] }): User {
    return { id: sub, roles };
  }
}
