import {
  Client as ClientV2,
  SSEClientTransport as SseV2,
  StreamableHTTPClientTransport as HttpV2,
  type VersionNegotiationMode,
} from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { EventSource } from 'eventsource';
import { Client as Client100 } from 'sdk-1.0/client/index.js';
import { SSEClientTransport as Sse100 } from 'sdk-1.0/client/sse.js';
import { Client as Client112 } from 'sdk-1.12/client/index.js';
import { SSEClientTransport as Sse112 } from 'sdk-1.12/client/sse.js';
import { StreamableHTTPClientTransport as Http112 } from 'sdk-1.12/client/streamableHttp.js';
import { BaseResolvingTransport } from './base-resolving.transport.js';
import type { ConnectedClient } from './connected-client.js';

const INFO = { name: 'client', version: '1' };
const nothing = (): Promise<void> => Promise.resolve();

export type Connect = (url: URL) => Promise<ConnectedClient>;
type Wire = 'sse' | 'http';

/** SDK 1.0 uses the event source of browsers, and requires a substitute elsewhere. */
export const sdk100: Connect = async (url) => {
  Object.assign(globalThis, { EventSource });
  const client = new Client100(INFO, { capabilities: {} });
  await client.connect(new Sse100(url));
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args = {}, options = {}) =>
      client.callTool({ name, arguments: args }, undefined, options),
    endSession: nothing,
    close: () => client.close(),
  };
};

export const sdk112 =
  (wire: Wire): Connect =>
  async (url) => {
    const client = new Client112(INFO);
    const transport = wire === 'sse' ? new Sse112(url) : new Http112(url);
    await client.connect(transport);
    return {
      list: async () => (await client.listTools()).tools.map(({ name }) => name),
      call: (name, args = {}, options = {}) =>
        client.callTool({ name, arguments: args }, undefined, options),
      endSession: () => (transport instanceof Http112 ? transport.terminateSession() : nothing()),
      close: () => client.close(),
    };
  };

export const sdk1 =
  (wire: Wire): Connect =>
  async (url) => {
    const client = new ClientV1(INFO);
    const transport = wire === 'sse' ? new SseV1(url) : new HttpV1(url);
    await client.connect(transport);
    return {
      list: async () => (await client.listTools()).tools.map(({ name }) => name),
      call: (name, args = {}, options = {}) =>
        client.callTool({ name, arguments: args }, undefined, options),
      endSession: () => (transport instanceof HttpV1 ? transport.terminateSession() : nothing()),
      close: () => client.close(),
    };
  };

/** HTTP+SSE to an endpoint that is resolved against the server's base URL. */
export const baseResolving: Connect = async ({ origin, pathname, search }) => {
  const client = new ClientV1(INFO);
  await client.connect(new BaseResolvingTransport(new URL(origin), `${pathname}${search}`));
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args = {}, options = {}) =>
      client.callTool({ name, arguments: args }, undefined, options),
    endSession: nothing,
    close: () => client.close(),
  };
};

export const sdk2 =
  (mode: VersionNegotiationMode, wire: Wire): Connect =>
  async (url) => {
    const client = new ClientV2(INFO, { versionNegotiation: { mode } });
    const transport = wire === 'sse' ? new SseV2(url) : new HttpV2(url);
    try {
      await client.connect(transport);
    } catch (error) {
      await client.close();
      throw error;
    }
    return {
      list: async () => (await client.listTools()).tools.map(({ name }) => name),
      call: (name, args = {}, options = {}) => client.callTool({ name, arguments: args }, options),
      endSession: () => (transport instanceof HttpV2 ? transport.terminateSession() : nothing()),
      close: () => client.close(),
    };
  };
