import { HttpSession, request } from './http-session.js';
import { type HttpAnswer, post, SseWire } from './sse-wire.js';
import type { Message, StdioWire } from './stdio-wire.js';

/** A client that sends requests, receives requests itself, and writes its responses by hand. */
export interface AskedClient {
  readonly sessionId: string;
  /** Sends a request without waiting for the response. */
  ask(id: string | number, method: string, params?: object): Promise<void>;
  /** Posts any message, such as a response, to the URL that the client posts to. */
  send(message: object): Promise<void>;
  /** Posts like {@link send}, to another node. */
  at(url: URL): (message: object) => Promise<void>;
  /** The first message that matches, from any stream. */
  until(fits: (message: Message) => boolean): Promise<Message>;
  /** Every message so far. */
  readonly messages: readonly Message[];
  /** Closes the connection, or all of them. */
  close(): void;
}

/** The server's request for a method, once it has arrived. */
export const requestFor = async (client: AskedClient, method: string): Promise<Message> =>
  client.until((message) => message.method === method && message.id !== undefined);

export const answerTo = async (client: AskedClient, id: string | number): Promise<Message> =>
  client.until((message) => message.id === id && message.method === undefined);

export const responding = ({ id }: Message, outcome: object): object => ({
  jsonrpc: '2.0',
  id,
  ...outcome,
});

function accepted({ status }: HttpAnswer): void {
  if (status !== 202) throw new Error(`refused: ${status}`);
}

/** Over HTTP+SSE. `posts` is the node that receives its POSTs. Default: the node that holds its stream. */
export async function overSse(url: URL, posts = url, version?: string): Promise<AskedClient> {
  const wire = await SseWire.open(new URL('/sse', url));
  await wire.initialize(version);
  const { pathname, search, searchParams } = await wire.endpoint();
  const at = (node: URL) => async (message: object) =>
    accepted(await post(new URL(`${pathname}${search}`, node), message));
  const send = at(posts);
  return {
    sessionId: searchParams.get('sessionId') ?? '',
    at,
    ask: async (id, method, params) => send(request(id, method, params)),
    send,
    until: async (fits) => wire.until(() => wire.messages.find(fits)),
    get messages() {
      return wire.messages;
    },
    close: () => wire.close(),
  };
}

/** Over Streamable HTTP: a stream for each request. `posts` is the node that receives its responses. */
export async function overHttp(url: URL, posts = url, version?: string): Promise<AskedClient> {
  const session = await HttpSession.open(url, version === undefined ? {} : { version });
  const wires: SseWire[] = [];
  const all = (): Message[] => wires.flatMap((wire) => wire.messages);
  const at = (node: URL) => async (message: object) =>
    accepted(await session.as(node).post(message));
  return {
    sessionId: session.id,
    at,
    async ask(id, method, params) {
      wires.push(await session.stream(request(id, method, params)));
    },
    send: at(posts),
    async until(fits) {
      const found = (): Message | undefined => all().find(fits);
      return Promise.any(wires.map(async (wire) => wire.until(found)));
    },
    get messages() {
      return all();
    },
    close: () => {
      for (const wire of wires) wire.close();
    },
  };
}

export function overStdio(wire: StdioWire): AskedClient {
  const send = async (message: object): Promise<void> => Promise.resolve(wire.send(message));
  return {
    sessionId: '',
    at: () => send,
    ask: async (id, method, params) => send(request(id, method, params)),
    send,
    until: async (fits) => wire.until(() => wire.messages.find(fits)),
    get messages() {
      return wire.messages;
    },
    close: () => wire.input.end(),
  };
}
