import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { TestEndpoint } from './endpoint-of.js';
import { ReceivedNotifications } from './received-notifications.js';
import { StatelessTransport } from './stateless.transport.js';

/** A connected client, and the notifications that it received. */
export interface Connection {
  readonly sdk: Client;
  readonly received: ReceivedNotifications;
  /** Resolves when the client can receive notifications outside of calls. */
  readonly listen: () => Promise<void>;
}

interface Line {
  readonly transport: Transport;
  readonly listen: (sdk: Client, received: ReceivedNotifications) => Promise<void>;
}

export async function connect(
  endpoint: TestEndpoint,
  headers: Readonly<Record<string, string>>,
): Promise<Connection> {
  const line = LINES[endpoint.transport](endpoint.url, headers);
  const sdk = new Client({ name: 'nestmcp-testing', version: '0.0.0' });
  const received = new ReceivedNotifications(sdk);
  try {
    await sdk.connect(line.transport);
  } catch (error) {
    // Otherwise its event source reconnects forever, and keeps the process alive.
    await sdk.close();
    throw error;
  }
  let listening: Promise<void> | undefined;
  return { sdk, received, listen: () => (listening ??= line.listen(sdk, received)) };
}

type MakeLine = (url: URL, headers: Readonly<Record<string, string>>) => Line;

const LINES: Readonly<Record<TestEndpoint['transport'], MakeLine>> = {
  sse: (url, headers) => ({
    transport: new SSEClientTransport(url, { requestInit: { headers: { ...headers } } }),
    listen: async () => undefined,
  }),
  'streamable-http': (url, headers) => {
    let opened: () => void;
    const isOpen = new Promise<void>((resolve) => (opened = resolve));
    const transport = new StreamableHTTPClientTransport(url, {
      requestInit: { headers: { ...headers } },
      // The transport opens its event stream in the background, without a callback.
      fetch: async (target, init) => {
        const response = await fetch(target, init);
        if (init?.method === 'GET') opened();
        return response;
      },
    });
    return { transport, listen: () => isOpen };
  },
  '2026-07-28': (url, headers) => ({
    transport: new StatelessTransport(url, headers),
    async listen(sdk, received) {
      const acknowledged = received.next('notifications/subscriptions/acknowledged');
      const params = { notifications: { toolsListChanged: true } };
      const open = sdk.request({ method: 'subscriptions/listen', params }, ResultSchema, {
        timeout: LONGEST,
      });
      // The response comes when the stream ends, because the client or the server closes.
      const refused = open.then(
        () => undefined,
        (error: unknown) => Promise.reject(error as Error),
      );
      refused.catch(() => undefined);
      await Promise.race([acknowledged, refused]);
    },
  }),
};

/** The longest delay of a timer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;
