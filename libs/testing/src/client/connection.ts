import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { TestEndpoint } from './endpoint-of.js';
import { held } from './hold.js';
import { loopbackFetch } from './loopback-fetch.js';
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
  readonly listen: (received: ReceivedNotifications) => Promise<void>;
}

export async function connect(
  endpoint: TestEndpoint,
  headers: Readonly<Record<string, string>>,
): Promise<Connection> {
  const line = LINES[endpoint.transport](endpoint.url, headers);
  const sdk = new Client({ name: 'nestmcp-testing', version: '0.0.0' });
  const received = new ReceivedNotifications(sdk);
  try {
    await held(sdk.connect(line.transport));
  } catch (error) {
    // Otherwise its event source reconnects forever.
    await sdk.close();
    throw error;
  }
  let listening: Promise<void> | undefined;
  return { sdk, received, listen: () => (listening ??= held(line.listen(received))) };
}

type MakeLine = (url: URL, headers: Readonly<Record<string, string>>) => Line;

const LINES: Readonly<Record<TestEndpoint['transport'], MakeLine>> = {
  sse: (url, headers) => {
    const transport = new SSEClientTransport(url, {
      requestInit: { headers: { ...headers } },
      fetch: async (target, init) => {
        const response = await loopbackFetch(target, init);
        if (init?.method === 'POST' || response.body === null) return response;
        // The session ends with its stream. The client would try to open another one forever.
        const body = endingWith(response.body, () => transport.close());
        return new Response(ReadableStream.from(body), response);
      },
    });
    return { transport, listen: async () => undefined };
  },
  'streamable-http': (url, headers) => {
    let opened: () => void;
    const isOpen = new Promise<void>((resolve) => (opened = resolve));
    const transport = new StreamableHTTPClientTransport(url, {
      requestInit: { headers: { ...headers } },
      reconnectionOptions: RECONNECTION,
      // The transport opens its event stream in the background, without a callback.
      fetch: async (target, init) => {
        const response = await loopbackFetch(target, init);
        if (init?.method === 'GET') opened();
        return response;
      },
    });
    return { transport, listen: () => isOpen };
  },
  '2026-07-28': (url, headers) => {
    const transport = new StatelessTransport(url, headers);
    return {
      transport,
      async listen(received) {
        const acknowledged = received.next('notifications/subscriptions/acknowledged');
        // It ends when the client or the server closes.
        const ended = transport.subscribe({ toolsListChanged: true });
        ended.catch(() => undefined);
        await Promise.race([acknowledged, ended]);
      },
    };
  },
};

/** In milliseconds. A process waits for the attempts, and an application under test is on this machine. */
const RECONNECTION = {
  initialReconnectionDelay: 100,
  maxReconnectionDelay: 100,
  reconnectionDelayGrowFactor: 1,
  maxRetries: 2,
} as const;

async function* endingWith(
  body: AsyncIterable<Uint8Array>,
  end: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    await end();
  }
}
