import type { Provider } from '@nestjs/common';
import { BackplaneConnection } from './backplane-connection.js';
import { BackplaneListener } from './backplane-listener.js';
import { CallFactory } from './call.factory.js';
import { ChangeRelay } from './change-relay.js';
import { Drain } from './drain.js';
import { LiveCalls } from './live-calls.js';
import { OpenStreams } from './open-streams.js';
import { SessionExpiry } from './session-expiry.js';
import { SessionRegistry } from './session.registry.js';
import { SharedSessions } from './shared-sessions.js';

/** What a server provides for sessions, for their calls and streams, and for the other nodes. */
export const SESSION_PROVIDERS: readonly Provider[] = [
  SessionRegistry,
  SessionExpiry,
  SharedSessions,
  CallFactory,
  LiveCalls,
  OpenStreams,
  Drain,
  BackplaneConnection,
  BackplaneListener,
  ChangeRelay,
];
