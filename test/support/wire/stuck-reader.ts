import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

/**
 * One request on a connection of its own. Its response is read no further than its head, unless the test requests
 * it.
 */
export class StuckReader {
  private response: IncomingMessage | undefined;

  private constructor(private readonly sent: ClientRequest) {
    sent.on('error', () => undefined);
    sent.on('response', (response) => {
      this.response = response;
      response.on('error', () => undefined);
    });
  }

  static send(url: URL, headers: Record<string, string>, body?: object): StuckReader {
    const sent = request(url, {
      agent: new Agent(),
      method: body ? 'POST' : 'GET',
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    });
    sent.end(body && JSON.stringify(body));
    return new StuckReader(sent);
  }

  /** Resolves with the head of the response. */
  async head(): Promise<IncomingMessage> {
    if (this.response === undefined) await once(this.sent, 'response');
    if (this.response === undefined) throw new Error('There is no answer');
    return this.response;
  }

  /** Reads until a chunk has arrived, and then no more. */
  async until(found: RegExp): Promise<string> {
    const response = await this.head();
    let text = '';
    while (!found.test(text)) {
      const chunk = response.read() as Buffer | null;
      if (chunk === null) await once(response, 'readable');
      else text += chunk.toString('utf8');
    }
    return text;
  }

  close(): void {
    this.sent.destroy();
  }
}
