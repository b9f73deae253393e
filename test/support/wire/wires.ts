import { EventReader } from './event-reader.js';
import { post, SseWire } from './sse-wire.js';

export type Message = Record<string, unknown>;

/** A raw client of one transport and revision, with what protocol tests need. */
export interface Wire {
  /** Sends a request. Resolves when the server has accepted it, with its outcome. */
  ask(id: string | number, method: string, params?: object): Promise<Asked>;
  /** Sends a notification. */
  tell(method: string, params?: object): Promise<void>;
  close(): void;
}

export interface Asked {
  /** Every message for it so far. On a stream of the session, every message of the session. */
  messages(): Message[];
  /** Its response. */
  answer(): Promise<Message>;
  /** Resolves as soon as the received messages satisfy `found`. */
  until<Found>(found: () => Found | undefined): Promise<Found>;
}

export const SESSION_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;

const info = (protocolVersion: string): object => ({
  protocolVersion,
  capabilities: {},
  clientInfo: { name: 'wire', version: '1' },
});

/** HTTP+SSE. The session remains uninitialized when `version` is undefined. */
export async function sseWire(url: URL, version: string | undefined): Promise<Wire> {
  const wire = await SseWire.open(new URL('/sse', url));
  if (version !== undefined) await wire.initialize(version);
  return {
    async ask(id, method, params) {
      await wire.post({ jsonrpc: '2.0', id, method, params });
      return {
        messages: () => wire.messages,
        answer: async () => wire.answer(id),
        until: async (found) => wire.until(found),
      };
    },
    async tell(method, params) {
      await wire.post({ jsonrpc: '2.0', method, params });
    },
    close: () => wire.close(),
  };
}

/** Streamable HTTP with a session. */
export class HttpSession implements Wire {
  private readonly open: EventReader[] = [];

  private constructor(
    private readonly url: URL,
    private readonly headers: Record<string, string>,
  ) {}

  static async begin(base: URL, version = '2025-11-25'): Promise<HttpSession> {
    const url = new URL('/mcp', base);
    const accept = 'application/json, text/event-stream';
    const body = { jsonrpc: '2.0', id: 'i', method: 'initialize', params: info(version) };
    const { headers } = await post(url, body, { accept });
    const session = new HttpSession(url, {
      accept,
      'content-type': 'application/json',
      'mcp-session-id': String(headers['mcp-session-id']),
      'mcp-protocol-version': version,
    });
    await session.tell('notifications/initialized');
    return session;
  }

  /** The response to a POST, as soon as it has begun. */
  async posted(message: object): Promise<EventReader> {
    return this.read('POST', {}, { jsonrpc: '2.0', ...message });
  }

  /** The stream that an event belongs to. */
  async resumed(lastEventId: string): Promise<EventReader> {
    return this.read('GET', { accept: 'text/event-stream', 'last-event-id': lastEventId });
  }

  async ask(id: string | number, method: string, params?: object): Promise<Asked> {
    return asked(this.posted({ id, method, params }), id);
  }

  async tell(method: string, params?: object): Promise<void> {
    await (await this.posted({ method, params })).ended();
  }

  close(): void {
    for (const reader of this.open) reader.close();
  }

  private async read(method: string, more: Record<string, string>, body?: object) {
    const reader = await EventReader.open(method, this.url, { ...this.headers, ...more }, body);
    this.open.push(reader);
    return reader;
  }
}

/** Streamable HTTP without sessions. `meta` is sent with every request. */
export class StatelessWire implements Wire {
  private readonly open: EventReader[] = [];

  constructor(
    private readonly base: URL,
    private readonly meta: object = {},
  ) {}

  async posted(
    id: string | number,
    method: string,
    params: { readonly name?: string; readonly _meta?: object } = {},
    signal?: AbortSignal,
  ): Promise<EventReader> {
    const { name, _meta: meta } = params;
    const headers = {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(name !== undefined && { 'mcp-name': name }),
    };
    const envelope = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
      ...this.meta,
      ...meta,
    };
    const body = { jsonrpc: '2.0', id, method, params: { ...params, _meta: envelope } };
    const reader = await EventReader.open(
      'POST',
      new URL('/mcp', this.base),
      headers,
      body,
      signal,
    );
    this.open.push(reader);
    return reader;
  }

  async ask(id: string | number, method: string, params?: object): Promise<Asked> {
    return asked(this.posted(id, method, params), id);
  }

  async tell(): Promise<void> {
    await Promise.reject(new Error('the revision has no notification that a client sends'));
  }

  close(): void {
    for (const reader of this.open) reader.close();
  }
}

/** A POST has no response before its call sends something, so the sender does not wait. */
function asked(posted: Promise<EventReader>, id: string | number): Asked {
  let reader: EventReader | undefined;
  posted.then(
    (open) => (reader = open),
    () => undefined,
  );
  return {
    messages: () => reader?.messages ?? [],
    async answer() {
      const open = await posted;
      if (!open.isStream) await open.ended();
      return open.until(() => open.messages.find((message) => message.id === id));
    },
    async until(found) {
      return (await posted).until(found);
    },
  };
}
