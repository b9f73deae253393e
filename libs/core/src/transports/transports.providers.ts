import type { Provider } from '@nestjs/common';
import { HTTP_PROVIDERS } from './http/http.providers.js';
import { SHARED_PROVIDERS } from './shared/shared.providers.js';
import { SSE_PROVIDERS } from './sse/sse.providers.js';
import { StdioTransport } from './stdio/stdio-transport.js';
import { STREAMABLE_HTTP_PROVIDERS } from './streamable-http/streamable-http.providers.js';

/** HTTP+SSE, Streamable HTTP and stdio. */
export const TRANSPORT_PROVIDERS: readonly Provider[] = [
  ...SHARED_PROVIDERS,
  ...HTTP_PROVIDERS,
  ...SSE_PROVIDERS,
  ...STREAMABLE_HTTP_PROVIDERS,
  StdioTransport,
];
