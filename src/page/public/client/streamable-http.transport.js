import { post } from './post.js';

/** Streamable HTTP with a session: each message is a POST, and each answer comes back in its response. */
export class StreamableHttpTransport {
  #sessionId;
  #version;
  #to;

  /** After `send()`, the answer has arrived. */
  answersInResponse = true;

  constructor(frames) {
    this.frames = frames;
  }

  open(to) {
    this.#to = to;
    to.ready();
  }

  /** From now on, each request names the revision that was agreed on. */
  agreeOn(version) {
    this.#version = version;
  }

  async send(message) {
    const headers = {
      ...(this.#version && { 'MCP-Protocol-Version': this.#version }),
      ...(this.#sessionId && { 'Mcp-Session-Id': this.#sessionId }),
    };
    const { frames } = this;
    const { receive } = this.#to;
    try {
      const { response, done } = await post('/mcp', message, { headers, frames, receive });
      this.#sessionId ??= response.headers.get('mcp-session-id');
      await done;
    } catch (error) {
      if (error.cause === 404) {
        this.#sessionId = undefined;
        this.#to.lost('The session has ended', false);
      }
      throw error;
    }
  }

  /** The server aborts the call, and does not answer it. */
  cancel(requestId) {
    return this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  }

  close() {
    if (!this.#sessionId) return;
    const headers = { 'Mcp-Session-Id': this.#sessionId };
    this.frames.add({ direction: 'out', title: 'DELETE /mcp', headers, text: '' });
    fetch('/mcp', { method: 'DELETE', headers, keepalive: true }).catch(() => undefined);
  }
}
