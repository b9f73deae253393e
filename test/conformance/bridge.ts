import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Message, RefusedStream, SseSession } from './sse-session.js';

const STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };

const frameOf = (message: object): string => `event: message\ndata: ${JSON.stringify(message)}\n\n`;

export interface Bridge {
  /** The URL at which the suite finds a Streamable HTTP server. */
  readonly url: URL;
  close(): Promise<void>;
}

/**
 * Streamable HTTP (2025-11-25, with sessions) in front of a server that speaks HTTP+SSE, for a suite that speaks
 * only Streamable HTTP. Each session of one is a session of the other, with the same headers.
 */
export async function startBridge(stream: URL): Promise<Bridge> {
  const sessions = new Map<string, BridgedSession>();
  const server = createServer((request, response) => {
    answer(stream, sessions, request, response).catch((error: unknown) => {
      if (!response.headersSent)
        fail(response, error instanceof RefusedStream ? error.status : 502, String(error));
      else response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://localhost:${port}/mcp`),
    async close() {
      for (const session of sessions.values()) session.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** One session: the destinations of the messages on its stream. */
class BridgedSession {
  readonly id = randomUUID();
  private readonly waiting = new Map<string | number, Waiting>();
  private readonly unsent: Message[] = [];
  private standing: ServerResponse | undefined;

  constructor(private readonly session: SseSession) {
    session.onMessage = (message) => this.route(message);
  }

  whenClosed(listener: () => void): void {
    this.session.onClose = () => {
      for (const { response } of this.waiting.values()) response.end();
      this.standing?.end();
      listener();
    };
  }

  close(): void {
    this.session.close();
  }

  /** The GET stream: receives messages that belong to no request. */
  stand(response: ServerResponse): void {
    response.writeHead(200, { ...STREAM, 'mcp-session-id': this.id }).flushHeaders();
    this.standing = response;
    response.on('close', () => {
      if (this.standing === response) this.standing = undefined;
    });
    for (const message of this.unsent.splice(0)) response.write(frameOf(message));
  }

  async post(message: Message, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { id, method } = message;
    const asks = method !== undefined && id !== undefined;
    if (asks) {
      response.writeHead(200, { ...STREAM, 'mcp-session-id': this.id }).flushHeaders();
      const { _meta: meta } = message.params ?? {};
      this.waiting.set(id, { response, token: meta?.progressToken });
    }
    const status = await this.session.send(JSON.stringify(message), request.headers);
    if (!asks) response.writeHead(status, { 'mcp-session-id': this.id }).end();
    else if (status >= 400) this.route(refusalOf(id, status));
  }

  private route(message: Message): void {
    if (message.method === undefined) this.settle(message);
    else {
      const stream = this.streamFor(message.params?.progressToken) ?? this.standing;
      if (stream === undefined) this.unsent.push(message);
      else stream.write(frameOf(message));
    }
  }

  private settle(message: Message): void {
    const { id = '' } = message;
    this.waiting.get(id)?.response.end(frameOf(message));
    this.waiting.delete(id);
  }

  /** The request that a notification belongs to: the one with its token, or else the oldest. */
  private streamFor(token: string | number | undefined): ServerResponse | undefined {
    const waiting = [...this.waiting.values()];
    const own = waiting.find((candidate) => token !== undefined && candidate.token === token);
    return (own ?? waiting[0])?.response;
  }
}

interface Waiting {
  readonly response: ServerResponse;
  readonly token: string | number | undefined;
}

async function answer(
  stream: URL,
  sessions: Map<string, BridgedSession>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = request.headers['mcp-session-id'];
  const session = typeof id === 'string' ? sessions.get(id) : undefined;
  if (id !== undefined && session === undefined) return fail(response, 404, 'No such session');
  if (request.method === 'POST') {
    const message = JSON.parse(await text(request)) as Message;
    const used = session ?? (await begin(stream, sessions, message, request));
    if (used === undefined) return fail(response, 400, 'Begin with initialize');
    return used.post(message, request, response);
  }
  if (session === undefined) return fail(response, 405, 'No session');
  if (request.method === 'GET') return session.stand(response);
  session.close();
  sessions.delete(session.id);
  response.writeHead(200).end();
}

async function begin(
  stream: URL,
  sessions: Map<string, BridgedSession>,
  message: Message,
  request: IncomingMessage,
): Promise<BridgedSession | undefined> {
  if (message.method !== 'initialize') return undefined;
  const session = new BridgedSession(await SseSession.open(stream, request.headers));
  session.whenClosed(() => sessions.delete(session.id));
  sessions.set(session.id, session);
  return session;
}

function refusalOf(id: string | number, status: number): Message {
  return Object.assign(
    { jsonrpc: '2.0', id },
    { error: { code: -32000, message: `The server answered the message with ${status}` } },
  );
}

function fail(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message } }));
}
