import type { Provider } from '@nestjs/common';
import { ChangeNotifier } from './change-notifier.js';
import { LifecycleHandlers } from './lifecycle-handlers.js';
import { ServerCapabilities } from './server-capabilities.js';
import { SessionDispatcher } from './session-dispatcher.js';
import { SessionlessDispatcher } from './sessionless-dispatcher.js';
import { StatelessDispatcher } from './stateless-dispatcher.js';
import { Subscriptions } from './subscriptions.js';

/** What a server provides to answer messages, for every transport. */
export const SERVER_PROVIDERS: readonly Provider[] = [
  SessionDispatcher,
  SessionlessDispatcher,
  StatelessDispatcher,
  LifecycleHandlers,
  ServerCapabilities,
  Subscriptions,
  ChangeNotifier,
];
