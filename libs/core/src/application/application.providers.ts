import type { Provider } from '@nestjs/common';
import { GuardedCallCheck } from './guarded-call-check.js';
import { ServerRegistration } from './server-registration.js';
import { ServerShutdown } from './server-shutdown.js';
import { StartupLog } from './startup-log.js';

/** What a server provides to the application around it: start, log, shutdown. */
export const APPLICATION_PROVIDERS: readonly Provider[] = [
  ServerRegistration,
  ServerShutdown,
  GuardedCallCheck,
  StartupLog,
];
