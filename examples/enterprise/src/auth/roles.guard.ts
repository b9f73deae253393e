import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ROLES } from './auth.decorators.js';
import type { Role, User } from './user.interface.js';

@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, targets);
    const { user } = context.switchToHttp().getRequest<{ user?: User }>();
    return needed === undefined || needed.some((role) => user?.roles.includes(role));
  }
}
