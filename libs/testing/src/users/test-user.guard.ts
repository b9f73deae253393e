import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  mixin,
  type Type,
  UnauthorizedException,
} from '@nestjs/common';
import { TICKET_HEADER, userOf } from './test-users.js';

/**
 * Replaces the guard that authenticates. A client of `McpTestClient.as(user)` passes with that object as `request.user`.
 * Any other client gets 401.
 *
 * @example
 * Test.createTestingModule({ imports: [AppModule] }).overrideGuard(JwtAuthGuard).useClass(TestUserGuard)
 */
@Injectable()
export class TestUserGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (admit(context)) return true;
    throw new UnauthorizedException();
  }
}

/**
 * Extends a guard of the application. A client of `McpTestClient.as(user)` passes as that user. For all other clients,
 * the guard itself decides: public routes stay public, and an invalid token is refused as usual.
 *
 * @example
 * builder.overrideGuard(JwtAuthGuard).useClass(withTestUsers(JwtAuthGuard))
 */
export function withTestUsers<Guard extends CanActivate>(guard: Type<Guard>): Type<CanActivate> {
  const base: Type<CanActivate> = guard;
  class GuardWithTestUsers extends base {
    override canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
      return admit(context) || super.canActivate(context);
    }
  }
  return mixin(GuardWithTestUsers);
}

function admit(context: ExecutionContext): boolean {
  const request = context
    .switchToHttp()
    .getRequest<{ headers?: Record<string, unknown>; user?: object } | undefined>();
  const user = userOf(request?.headers?.[TICKET_HEADER]);
  if (request === undefined || user === undefined) return false;
  request.user = user;
  return true;
}
