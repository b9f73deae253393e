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
 * Stands in for the guard that authenticates. A client that is somebody (`McpTestClient.as(user)`) passes
 * with that very object as `request.user`; anybody else gets 401.
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
 * A guard that lets clients of `McpTestClient.as(user)` pass as that user, and leaves everybody else to the
 * guard of the application: what is public stays public, and a bad token is refused as ever.
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
