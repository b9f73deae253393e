import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { LINE_END } from '../../wire/line-ends.js';
import type { CallOptions, ConnectedClient, Told } from './connected-client.js';

const ACCEPT = {
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
};
const REVISION = '2025-11-25';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Told & { readonly progressToken?: number };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A connection to a server: sends messages, and passes on the responses line by line. */
interface Link {
  send(message: object): Promise<void>;
  end(): Promise<void>;
  close(): Promise<void>;
}

type Receive = (line: string) => void;

/** Passes on each line of a stream, including the text after the last line end. */
async function eachLine(stream: Readable, receive: Receive): Promise<void> {
  let rest = '';
  stream.setEncoding('utf8');
  try {
    for await (const chunk of stream) {
      const lines = `${rest}${String(chunk)}`.split(LINE_END);
      rest = lines.pop() ?? '';
      for (const line of lines) receive(line);
    }
  } catch {
    // The client has disconnected.
  }
  if (rest !== '') receive(rest);
}

/** Passes on the data of events, and bodies unchanged. */
const dataOf =
  (receive: Receive): Receive =>
  (line) => {
    if (line.startsWith('data: {')) receive(line.slice(6));
    if (line.startsWith('{')) receive(line);
  };

async function asked(agent: Agent, url: URL, headers: object, message?: object) {
  const method = message === undefined ? 'GET' : 'POST';
  const sending = request(url, { agent, method, headers: { ...ACCEPT, ...headers } });
  sending.on('error', () => undefined);
  sending.end(message && JSON.stringify(message));
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  return response;
}

async function overSse(url: URL, receive: Receive): Promise<Link> {
  const agent = new Agent({ keepAlive: true });
  const stream = await asked(agent, url, {});
  const messages = await new Promise<URL>((resolve) => {
    void eachLine(stream, (line) => {
      const [, path] = /^data: ([^{].*)$/.exec(line) ?? [];
      if (path === undefined) dataOf(receive)(line);
      else resolve(new URL(path, url));
    });
  });
  return {
    send: async (message) => {
      (await asked(agent, messages, {}, message)).resume();
    },
    end: async () => undefined,
    close: async () => {
      stream.destroy();
      agent.destroy();
    },
  };
}

function overHttp(url: URL, receive: Receive): Link {
  const agent = new Agent({ keepAlive: true });
  let session: Record<string, string> = {};
  return {
    send: async (message) => {
      const response = await asked(agent, url, session, message);
      const id = response.headers['mcp-session-id'];
      if (typeof id === 'string')
        session = { 'mcp-session-id': id, 'mcp-protocol-version': REVISION };
      void eachLine(response, dataOf(receive));
    },
    end: async () => {
      const leaving = request(url, { agent, method: 'DELETE', headers: session });
      leaving.end();
      const [response] = (await once(leaving, 'response')) as [IncomingMessage];
      response.resume();
    },
    close: async () => agent.destroy(),
  };
}

function overStdio(command: readonly string[], receive: Receive): Link {
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'ignore'] });
  void eachLine(child.stdout, receive);
  return {
    send: async (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    end: async () => undefined,
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

interface Pending {
  readonly settle: (message: Message) => void;
  readonly fail: (error: unknown) => void;
  readonly onprogress: CallOptions['onprogress'];
}

/** A client that reads line by line, as Python clients do. A line that is not JSON fails every call. */
export class LineClient implements ConnectedClient {
  private readonly pending = new Map<number, Pending>();
  private link: Link | undefined;

  static async sse(url: URL): Promise<LineClient> {
    return new LineClient().connected((receive) => overSse(url, receive));
  }

  static async http(url: URL): Promise<LineClient> {
    return new LineClient().connected((receive) => overHttp(url, receive));
  }

  static async stdio(command: readonly string[]): Promise<LineClient> {
    return new LineClient().connected((receive) => overStdio(command, receive));
  }

  async list(): Promise<readonly string[]> {
    const { tools } = (await this.ask('tools/list')) as { tools: { name: string }[] };
    return tools.map(({ name }) => name);
  }

  async call(name: string, args: object = {}, options: CallOptions = {}): Promise<unknown> {
    return this.ask('tools/call', { name, arguments: args }, options);
  }

  async endSession(): Promise<void> {
    await this.link?.end();
  }

  async close(): Promise<void> {
    await this.link?.close();
  }

  private async connected(open: (receive: Receive) => Link | Promise<Link>): Promise<this> {
    this.link = await open((line) => this.receive(line));
    const clientInfo = { name: 'line-client', version: '1' };
    await this.ask('initialize', { protocolVersion: REVISION, capabilities: {}, clientInfo });
    await this.link.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return this;
  }

  private async ask(method: string, params: object = {}, options: CallOptions = {}) {
    const id = this.pending.size;
    const { onprogress, signal } = options;
    const answer = new Promise<Message>((settle, fail) => {
      this.pending.set(id, { settle, fail, onprogress });
      signal?.addEventListener('abort', () => {
        const cancelled = { requestId: id, reason: signal.reason as unknown };
        void this.link?.send({
          jsonrpc: '2.0',
          method: 'notifications/cancelled',
          params: cancelled,
        });
        fail(new Error('cancelled'));
      });
    });
    await this.link?.send({
      jsonrpc: '2.0',
      id,
      method,
      params: { ...params, ...(onprogress && { _meta: { progressToken: id } }) },
    });
    const { result, error } = await answer;
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  }

  private receive(line: string): void {
    try {
      const message = JSON.parse(line) as Message;
      if (message.method === 'notifications/progress') this.tell(message.params);
      else this.pending.get(message.id ?? -1)?.settle(message);
    } catch (error) {
      for (const { fail } of this.pending.values()) fail(error);
    }
  }

  private tell(told: Message['params']): void {
    if (told) this.pending.get(told.progressToken ?? -1)?.onprogress?.(told);
  }
}
