import type { Provider } from '@nestjs/common';
import { ListenStreams } from './listen-streams.js';
import { PostOutlets } from './responses/post-outlets.js';
import { SessionHttpService } from './session-http.service.js';
import { SessionQuota } from './session-quota.js';
import { SessionlessHttpService } from './sessionless-http.service.js';
import { StandaloneStreams } from './standalone-streams.js';
import { StatelessHttpService } from './stateless-http.service.js';
import { StreamableHttpRoutes } from './streamable-http-routes.js';
import { StreamableHttpTransport } from './streamable-http-transport.js';

/** The Streamable HTTP transport. */
export const STREAMABLE_HTTP_PROVIDERS: readonly Provider[] = [
  StreamableHttpTransport,
  StreamableHttpRoutes,
  SessionHttpService,
  SessionlessHttpService,
  StatelessHttpService,
  SessionQuota,
  StandaloneStreams,
  ListenStreams,
  PostOutlets,
];
