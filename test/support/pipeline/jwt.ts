import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';

const SECRET = 'a secret of this test';

export interface User {
  readonly id: string;
}

interface Payload {
  readonly sub: string;
}

/** As the documentation of Nest writes it. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      ignoreExpiration: false,
      secretOrKey: SECRET,
    });
  }

  validate({ sub }: Payload): User {
    return { id: sub };
  }
}

@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {}

/** The application's own, which knows nothing of tools. */
export const CurrentUser = createParamDecorator(
  (property: keyof User | undefined, context: ExecutionContext) => {
    const { user } = context.switchToHttp().getRequest<{ user: User }>();
    return property === undefined ? user : user[property];
  },
);

export const JWT_IMPORTS = [PassportModule, JwtModule.register({ secret: SECRET })];

const jwt = new JwtService({ secret: SECRET });

export function bearer(id: string): { authorization: string } {
  return { authorization: `Bearer ${jwt.sign({ sub: id })}` };
}

export function expiredBearer(id: string): { authorization: string } {
  return { authorization: `Bearer ${jwt.sign({ sub: id }, { expiresIn: -10 })}` };
}
