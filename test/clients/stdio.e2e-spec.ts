import { join } from 'node:path';
import { Client as ClientV2, type VersionNegotiationMode } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client as Client100 } from 'sdk-1.0/client/index.js';
import { StdioClientTransport as Stdio100 } from 'sdk-1.0/client/stdio.js';
import { Client as Client112 } from 'sdk-1.12/client/index.js';
import { StdioClientTransport as Stdio112 } from 'sdk-1.12/client/stdio.js';
import type { ConnectedClient } from '../support/app/clients/connected-client.js';
import { itServes } from '../support/app/clients/it-serves.js';
import { LineClient } from '../support/app/clients/line-client.js';

const SUPPORT = join(__dirname, '../support/app');
const SERVER = {
  command: process.execPath,
  args: [join(SUPPORT, 'run-ts.cjs'), join(SUPPORT, 'clients/stdio-app.ts')],
  stderr: 'pipe' as const,
};
const INFO = { name: 'client', version: '1' };
const nothing = (): Promise<void> => Promise.resolve();

type V1 = Client100 | Client112 | ClientV1;

const ofV1 = (client: V1): ConnectedClient => ({
  list: async () => (await client.listTools()).tools.map(({ name }) => name),
  call: (name, args = {}, options = {}) =>
    client.callTool({ name, arguments: args }, undefined, options),
  endSession: nothing,
  close: () => client.close(),
});

const v2 = (mode: VersionNegotiationMode) => async (): Promise<ConnectedClient> => {
  const client = new ClientV2(INFO, { versionNegotiation: { mode } });
  await client.connect(new StdioV2(SERVER));
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args = {}, options = {}) => client.callTool({ name, arguments: args }, options),
    endSession: nothing,
    close: () => client.close(),
  };
};

const CLIENTS: readonly [string, string, () => Promise<ConnectedClient>][] = [
  [
    'SDK 1.0.4',
    '2024-11-05',
    async () => {
      const client = new Client100(INFO, { capabilities: {} });
      await client.connect(new Stdio100(SERVER));
      return ofV1(client);
    },
  ],
  [
    'SDK 1.12.0',
    '2025-03-26',
    async () => {
      const client = new Client112(INFO);
      await client.connect(new Stdio112(SERVER));
      return ofV1(client);
    },
  ],
  [
    'SDK 1.32.2',
    '2025-11-25',
    async () => {
      const client = new ClientV1(INFO);
      await client.connect(new StdioV1(SERVER));
      return ofV1(client);
    },
  ],
  ['a line reader', '2025-11-25', async () => LineClient.stdio(SERVER.args)],
  ['v2 legacy', '2025-11-25', v2('legacy')],
  ['v2 auto', '2026-07-28', v2('auto')],
  ['v2 pinned', '2026-07-28', v2({ pin: '2026-07-28' })],
];

jest.setTimeout(60_000);

/** The class of tools that all clients call over HTTP, unchanged. */
describe.each(CLIENTS)('an application that %s started', (run, revision, connect) => {
  let client: ConnectedClient;

  beforeAll(async () => {
    client = await connect();
  });

  afterAll(() => client.close());

  itServes({
    client: () => client,
    revision,
    run,
    cancelled: 'The client cancelled the call: enough',
  });
});
