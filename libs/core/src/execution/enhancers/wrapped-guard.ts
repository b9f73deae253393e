import type { CanActivate } from '@nestjs/common';

/** A guard that replaces a guard of the application and calls it. */
export abstract class WrappedGuard implements CanActivate {
  constructor(readonly guard: CanActivate) {}

  abstract canActivate(
    ...args: Parameters<CanActivate['canActivate']>
  ): ReturnType<CanActivate['canActivate']>;
}
