import type { Provider } from '@nestjs/common';
import { CallQuota } from './call-quota.js';
import { Principals } from './principals.js';
import { SessionGate } from './session-gate.js';

/** What every transport of a server uses. */
export const SHARED_PROVIDERS: readonly Provider[] = [Principals, SessionGate, CallQuota];
