import type { CanActivate } from '@nestjs/common';

/** A guard that stands in the place of one that the application gave, and asks it. */
export abstract class WrappedGuard implements CanActivate {
  constructor(readonly guard: CanActivate) {}

  abstract canActivate(
    ...args: Parameters<CanActivate['canActivate']>
  ): ReturnType<CanActivate['canActivate']>;
}
