import type { CallOptions, Told } from './connected-client.js';

export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
}

interface Received {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Told & { readonly progressToken?: number };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Waiting extends CallOptions {
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Sends a request. `signal` is aborted when the response is no longer awaited. */
export type Send = (message: Message, signal: AbortSignal) => Promise<void>;

/** The JSON-RPC of a client, over any transport. */
export class PlainPeer {
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(private readonly send: Send) {}

  async request(method: string, params: object = {}, options: CallOptions = {}): Promise<unknown> {
    const id = ++this.last;
    const meta = options.onprogress && { _meta: { progressToken: id } };
    const answered = new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, ...options });
    });
    const signal = options.signal ?? new AbortController().signal;
    signal.addEventListener('abort', () => this.cancelled(id, signal.reason));
    const message = { jsonrpc: '2.0', id, method, params: { ...params, ...meta } } as const;
    this.send(message, signal).catch((error: unknown) => this.waiting.get(id)?.reject(error));
    return answered;
  }

  async notify(method: string, params: object = {}): Promise<void> {
    await this.send({ jsonrpc: '2.0', method, params }, new AbortController().signal);
  }

  receive(text: string): void {
    const { id, method, params, result, error } = JSON.parse(text) as Received;
    if (method === 'notifications/progress' && params)
      this.waiting.get(params.progressToken ?? 0)?.onprogress?.(params);
    if (id === undefined || method !== undefined) return;
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) waiting?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else waiting?.resolve(result);
  }

  /** A stream that cannot be read fails everything that waits for it. */
  fail(reason: unknown): void {
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }

  private cancelled(id: number, reason: unknown): void {
    this.waiting.get(id)?.reject(reason);
    this.waiting.delete(id);
    void this.notify('notifications/cancelled', { requestId: id, reason: String(reason) });
  }
}
