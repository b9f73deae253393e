import type { ConnectedClient } from './connected-client.js';
import { plainEvents } from './plain-events.js';
import { type Message, PlainPeer, type Send } from './plain-peer.js';
import type { Connect } from './sdk-clients.js';

type Headers = Record<string, string>;

const STATELESS = '2026-07-28';
const JSON_BODY = { 'content-type': 'application/json' };
const EVENTS = { accept: 'text/event-stream' };
const EITHER = { accept: 'application/json, text/event-stream' };

const post = (
  url: URL,
  message: Message,
  headers: Headers,
  signal: AbortSignal,
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body: JSON.stringify(message),
    signal,
  });

const initialize = async (peer: PlainPeer, protocolVersion: string): Promise<void> => {
  const clientInfo = { name: 'plain', version: '1' };
  await peer.request('initialize', { protocolVersion, capabilities: {}, clientInfo });
  await peer.notify('notifications/initialized');
};

const connected = (
  peer: PlainPeer,
  leave: () => void,
  endSession = (): Promise<void> => Promise.resolve(),
): ConnectedClient => ({
  async list() {
    const { tools } = (await peer.request('tools/list')) as { tools: { name: string }[] };
    return tools.map(({ name }) => name);
  },
  call: (name, args = {}, options = {}) =>
    peer.request('tools/call', { name, arguments: args }, options),
  endSession,
  async close() {
    leave();
    await Promise.resolve();
  },
});

/**
 * HTTP+SSE as the SDK for Java implements it: the stream is opened with the revision, `initialize` follows, and any
 * field except `data`, `id` or `event` ends everything.
 */
export const plainSse =
  (revision: string): Connect =>
  async (url) => {
    const leaving = new AbortController();
    const headers = { 'mcp-protocol-version': revision };
    const { body } = await fetch(url, {
      headers: { ...EVENTS, ...headers },
      signal: leaving.signal,
    });
    let found: ((endpoint: URL) => void) | undefined;
    const endpoint = new Promise<URL>((resolve) => (found = resolve));
    const peer = new PlainPeer(async (message, signal) => {
      await post(await endpoint, message, headers, signal);
    });
    const read = async (): Promise<void> => {
      for await (const { event, data } of plainEvents(body ?? new ReadableStream()))
        if (event === 'endpoint') found?.(new URL(data, url));
        else peer.receive(data);
    };
    read().catch((reason: unknown) => peer.fail(reason));
    await initialize(peer, revision);
    return connected(peer, () => leaving.abort());
  };

/** Passes on the messages of a response in either form. */
const take = async (answer: Response, peer: PlainPeer): Promise<void> => {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    const text = await answer.text();
    if (text !== '') peer.receive(text);
    return;
  }
  for await (const { data } of plainEvents(answer.body ?? new ReadableStream()))
    if (data !== '') peer.receive(data);
};

/** Streamable HTTP with a session, including its own stream. */
export const plainHttp =
  (revision: string): Connect =>
  async (url) => {
    const leaving = new AbortController();
    const headers: Headers = { ...EITHER, 'mcp-protocol-version': revision };
    const send: Send = async (message) => {
      const answer = await post(url, message, headers, leaving.signal);
      headers['mcp-session-id'] ??= answer.headers.get('mcp-session-id') ?? '';
      await take(answer, peer);
    };
    const peer = new PlainPeer(send);
    await initialize(peer, revision);
    const own = await fetch(url, {
      headers: { ...headers, ...EVENTS },
      signal: leaving.signal,
    });
    take(own, peer).catch((reason: unknown) => peer.fail(reason));
    return connected(
      peer,
      () => leaving.abort(),
      async () => {
        await fetch(url, { method: 'DELETE', headers });
      },
    );
  };

/** Streamable HTTP without sessions: the client cancels a call by closing its connection. */
export const plainStateless: Connect = (url) => {
  const send: Send = async (message, signal) => {
    const { id, method = '', params } = message;
    if (id === undefined) return;
    const { name, _meta: meta } = params as { name?: string; _meta?: object };
    const headers = {
      ...EITHER,
      'mcp-protocol-version': STATELESS,
      'mcp-method': method,
      ...(name !== undefined && { 'mcp-name': name }),
    };
    const envelope = {
      'io.modelcontextprotocol/protocolVersion': STATELESS,
      'io.modelcontextprotocol/clientCapabilities': {},
      ...meta,
    };
    const whole = { ...message, params: { ...params, _meta: envelope } };
    await take(await post(url, whole, headers, signal), peer);
  };
  const peer = new PlainPeer(send);
  return Promise.resolve(connected(peer, () => undefined));
};
