import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { User } from './user.interface.js';

/** Counts the requests of each user, and of each address before a user is known. */
@Injectable()
export class UserThrottlerGuard extends ThrottlerGuard {
  protected override async getTracker(request: { user?: User; ip: string }): Promise<string> {
    return request.user?.id ?? request.ip;
  }
}
