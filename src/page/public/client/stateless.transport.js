import { post } from './post.js';

const REVISION = '2026-07-28';
const PREFIX = 'io.modelcontextprotocol/';

/** Revision 2026-07-28: without a session. Each request says all that the server needs to know. */
export class StatelessTransport {
  #to;

  /** After `send()`, the answer has arrived. */
  answersInResponse = true;
  #running = new Map();

  /** There is no `initialize` in this revision. */
  isStateless = true;

  constructor(frames, clientInfo) {
    this.frames = frames;
    this.meta = {
      [`${PREFIX}protocolVersion`]: REVISION,
      [`${PREFIX}clientInfo`]: clientInfo,
      [`${PREFIX}clientCapabilities`]: {},
    };
  }

  open(to) {
    this.#to = to;
    to.ready();
  }

  async send({ params = {}, ...message }) {
    const abort = new AbortController();
    this.#running.set(message.id, abort);
    const { _meta: own, ...others } = params;
    const full = { ...message, params: { ...others, _meta: { ...this.meta, ...own } } };
    const headers = {
      'MCP-Protocol-Version': REVISION,
      'Mcp-Method': message.method,
      ...(params.name && { 'Mcp-Name': params.name }),
    };
    try {
      const { done } = await post('/mcp', full, {
        headers,
        signal: abort.signal,
        frames: this.frames,
        receive: this.#to.receive,
      });
      await done;
    } finally {
      this.#running.delete(message.id);
    }
  }

  /** Closing the response cancels the call. */
  async cancel(requestId) {
    this.frames.add({ direction: 'out', title: 'response closed', text: '' });
    this.#running.get(requestId)?.abort();
  }

  close() {
    for (const abort of this.#running.values()) abort.abort();
  }
}
