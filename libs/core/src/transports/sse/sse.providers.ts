import type { Provider } from '@nestjs/common';
import { SseRoutes } from './sse-routes.js';
import { SseTransport } from './sse-transport.js';

/** The HTTP+SSE transport. */
export const SSE_PROVIDERS: readonly Provider[] = [SseTransport, SseRoutes];
