import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Role, User } from './user.interface.js';

export const IS_PUBLIC = 'isPublic';
export const ROLES = 'roles';

/** No token is needed. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** The user needs one of these roles. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<{ user: User }>().user,
);
