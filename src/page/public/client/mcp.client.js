const CLIENT_INFO = { name: 'demo-page', version: '0.0.0' };
const REVISION = '2025-11-25';

/** A request that the server has answered with a JSON-RPC error. */
export class ProtocolError extends Error {
  constructor({ code, message, data }) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** The requests of one connection, and who waits for their answers. */
export class McpClient {
  static info = CLIENT_INFO;
  #lastId = 0;
  #waiting = new Map();

  constructor(transport) {
    this.transport = transport;
  }

  /**
   * @param changed called with the server whenever the client is connected
   * @param lost called with the reason, and whether the transport tries again by itself
   */
  connect({ changed, lost }) {
    const fail = (reason, isRetrying) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(reason));
      this.#waiting.clear();
      lost(reason, isRetrying);
    };
    this.transport.open({
      receive: (message) => this.#receive(message),
      ready: () => this.#begin().then(changed, (error) => fail(error.message, false)),
      lost: fail,
    });
  }

  async listTools() {
    const tools = [];
    for (let cursor; ;) {
      const page = await this.request('tools/list', cursor && { cursor });
      tools.push(...page.tools);
      cursor = page.nextCursor;
      if (cursor === undefined) return tools;
    }
  }

  callTool(name, args, { signal, onProgress }) {
    return this.request('tools/call', { name, arguments: args }, { signal, onProgress });
  }

  async request(method, params, { signal, onProgress } = {}) {
    const id = ++this.#lastId;
    const answer = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
    const wanted = onProgress && { _meta: { progressToken: id } };
    const message = {
      jsonrpc: '2.0',
      id,
      method,
      params: wanted ? { ...params, ...wanted } : params,
    };
    const fail = (error) => this.#settle({ id }, ({ reject }) => reject(error));
    signal?.addEventListener('abort', () => {
      fail(signal.reason);
      this.transport.cancel(id).catch(() => undefined);
    });
    this.transport.send(message).then(() => {
      if (this.transport.answersInResponse) fail(new Error('The response ended without an answer'));
    }, fail);
    return answer;
  }

  close() {
    this.transport.close();
  }

  async #begin() {
    if (this.transport.isStateless) return this.#discover();
    const { serverInfo, protocolVersion } = await this.request('initialize', {
      protocolVersion: REVISION,
      capabilities: {},
      clientInfo: CLIENT_INFO,
    });
    this.transport.agreeOn?.(protocolVersion);
    await this.transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return { ...serverInfo, protocolVersion };
  }

  async #discover() {
    const { _meta } = await this.request('server/discover');
    const info = _meta?.['io.modelcontextprotocol/serverInfo'];
    return { ...info, protocolVersion: '2026-07-28' };
  }

  #receive({ id, method, params, result, error }) {
    if (method === 'notifications/progress')
      this.#waiting.get(params.progressToken)?.onProgress?.(params);
    if (method !== undefined) return;
    this.#settle({ id }, ({ resolve, reject }) => {
      if (error) reject(new ProtocolError(error));
      else resolve(result);
    });
  }

  #settle({ id }, settle) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) settle(waiting);
  }
}
