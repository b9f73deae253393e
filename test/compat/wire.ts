import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

type Headers = Record<string, string>;

const JSON_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

/** Sends one message and resolves with the status. */
export async function post(url: URL, body: object, headers: Headers = {}): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...JSON_HEADERS, ...headers },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}

export function initialize(): object {
  const params = {
    protocolVersion: '2024-11-05',
    capabilities: {},
    clientInfo: { name: 'compat', version: '1.0.0' },
  };
  return { jsonrpc: '2.0', id: 'initialize', method: 'initialize', params };
}

export function toolCall(id: number, name: string): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } };
}

/** An event stream on a connection of its own, which is read only as far as {@link until} asks for. */
export class EventStream {
  private constructor(
    private readonly sent: ClientRequest,
    private readonly response: IncomingMessage,
  ) {
    for (const stream of [sent, response]) stream.on('error', () => undefined);
  }

  static async open(url: URL): Promise<EventStream> {
    const sent = request(url, { agent: new Agent(), headers: { accept: 'text/event-stream' } });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return new EventStream(sent, response);
  }

  /** Reads until the text contains a match, and then no more. Resolves with the text. */
  async until(found: RegExp): Promise<string> {
    let text = '';
    while (!found.test(text)) {
      const chunk = this.response.read() as Buffer | null;
      if (chunk === null) await once(this.response, 'readable');
      else text += chunk.toString('utf8');
    }
    return text;
  }

  close(): void {
    this.sent.destroy();
  }
}
