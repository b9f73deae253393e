import { type CanActivate, type ExecutionContext, Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';

export interface KeyedRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Headers that the guards below let in. */
export const KEY = { 'x-key': 'right' };
export const ADMIN_KEY = { ...KEY, 'x-admin': 'yes' };

/** Who may call: what the guards ask. */
@Injectable()
export class Doors {
  opens({ headers }: KeyedRequest): boolean {
    return headers['x-key'] === 'right';
  }

  opensForAdmin({ headers }: KeyedRequest): boolean {
    return headers['x-admin'] === 'yes';
  }
}

/** A static guard that injects a service. */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(private readonly doors: Doors) {}

  canActivate(context: ExecutionContext): boolean {
    return this.doors.opens(context.switchToHttp().getRequest());
  }
}

/** For tools only, so that the route lets the call through to them. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly doors: Doors) {}

  canActivate(context: ExecutionContext): boolean {
    return this.doors.opensForAdmin(context.switchToHttp().getRequest());
  }
}

@Injectable({ scope: Scope.REQUEST })
export class ScopedKeyGuard implements CanActivate {
  constructor(
    @Inject(REQUEST) private readonly request: KeyedRequest,
    private readonly doors: Doors,
  ) {}

  canActivate(): boolean {
    return this.doors.opens(this.request);
  }
}

@Injectable({ scope: Scope.REQUEST })
export class ScopedAdminGuard implements CanActivate {
  constructor(
    @Inject(REQUEST) private readonly request: KeyedRequest,
    private readonly doors: Doors,
  ) {}

  canActivate(): boolean {
    return this.doors.opensForAdmin(this.request);
  }
}

/** Of which every host has one of its own. Without its constructor it would let everybody in. */
@Injectable({ scope: Scope.TRANSIENT })
export class TransientAdminGuard implements CanActivate {
  private readonly isStrict: boolean;

  constructor(private readonly doors: Doors) {
    this.isStrict = true;
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.isStrict) return true;
    return this.doors.opensForAdmin(context.switchToHttp().getRequest());
  }
}
