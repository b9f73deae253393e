import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

const ROLES = 'roles';
const PUBLIC = 'public';

export const Roles = (...roles: readonly string[]) => SetMetadata(ROLES, roles);
export const Public = () => SetMetadata(PUBLIC, true);

/** As the documentation of Nest writes it; who has no role at all may only see what is public. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    const required = this.reflector.getAllAndOverride<string[] | undefined>(ROLES, targets) ?? [];
    const { headers } = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined> }>();
    const mine = headers['x-roles']?.split(',') ?? [];
    return mine.length > 0 && required.every((role) => mine.includes(role));
  }
}
