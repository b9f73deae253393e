import { post } from './post.js';

/** HTTP+SSE: one stream for everything that the server sends, and a URL for what the client sends. */
export class SseTransport {
  #events;
  #endpoint;

  constructor(frames) {
    this.frames = frames;
  }

  /**
   * Opens the stream. `ready` is called with each new session: a dropped stream opens again by itself, with another
   * session.
   */
  open({ receive, ready, lost }) {
    this.#events = new EventSource('/sse');
    this.#events.addEventListener('endpoint', ({ data }) => {
      this.frames.add({ direction: 'in', title: 'event: endpoint', text: data });
      // Relative to the stream, as the protocol has it.
      this.#endpoint = new URL(data, this.#events.url);
      ready();
    });
    this.#events.addEventListener('message', ({ data }) => {
      this.frames.add({ direction: 'in', title: 'event: message', text: data });
      receive(JSON.parse(data));
    });
    this.#events.addEventListener('error', () => lost('Connection lost, trying again…', true));
  }

  async send(message) {
    const { pathname, search } = this.#endpoint;
    await post(pathname + search, message, { frames: this.frames, receive: () => undefined });
  }

  /** The server aborts the call, and does not answer it. */
  cancel(requestId) {
    return this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  }

  close() {
    this.#events?.close();
  }
}
