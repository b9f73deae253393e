import { LineClient } from './line-client.js';
import { plainHttp, plainSse, plainStateless } from './plain-clients.js';
import { baseResolving, type Connect, sdk1, sdk100, sdk112, sdk2 } from './sdk-clients.js';

/** A client, the transport that it connects to, and the revision that it speaks there. */
export interface Row {
  readonly client: string;
  readonly path: '/sse' | '/mcp';
  readonly connect: Connect;
  readonly revision: string;
}

export const PIN = { pin: '2026-07-28' };

const PLAIN: readonly Row[] = [
  ...['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'].map(
    (revision) =>
      ({
        client: `plain ${revision}`,
        path: '/sse',
        connect: plainSse(revision),
        revision,
      }) as const,
  ),
  ...['2025-03-26', '2025-06-18', '2025-11-25'].map(
    (revision) =>
      ({
        client: `plain ${revision}`,
        path: '/mcp',
        connect: plainHttp(revision),
        revision,
      }) as const,
  ),
  { client: 'plain 2026-07-28', path: '/mcp', connect: plainStateless, revision: '2026-07-28' },
];

export const CLIENTS: readonly Row[] = [
  ...PLAIN,
  // It has no Streamable HTTP.
  { client: 'SDK 1.0.4', path: '/sse', connect: sdk100, revision: '2024-11-05' },
  { client: 'SDK 1.12.0', path: '/sse', connect: sdk112('sse'), revision: '2025-03-26' },
  { client: 'SDK 1.12.0', path: '/mcp', connect: sdk112('http'), revision: '2025-03-26' },
  { client: 'SDK 1.32.2', path: '/sse', connect: sdk1('sse'), revision: '2025-11-25' },
  { client: 'SDK 1.32.2', path: '/mcp', connect: sdk1('http'), revision: '2025-11-25' },
  { client: 'base-resolving', path: '/sse', connect: baseResolving, revision: '2025-11-25' },
  { client: 'v2 legacy', path: '/sse', connect: sdk2('legacy', 'sse'), revision: '2025-11-25' },
  { client: 'v2 legacy', path: '/mcp', connect: sdk2('legacy', 'http'), revision: '2025-11-25' },
  { client: 'v2 auto', path: '/sse', connect: sdk2('auto', 'sse'), revision: '2025-11-25' },
  { client: 'v2 auto', path: '/mcp', connect: sdk2('auto', 'http'), revision: '2026-07-28' },
  { client: 'v2 pinned', path: '/mcp', connect: sdk2(PIN, 'http'), revision: '2026-07-28' },
  {
    client: 'a line reader',
    path: '/sse',
    connect: async (url) => LineClient.sse(url),
    revision: '2025-11-25',
  },
  {
    client: 'a line reader',
    path: '/mcp',
    connect: async (url) => LineClient.http(url),
    revision: '2025-11-25',
  },
];
