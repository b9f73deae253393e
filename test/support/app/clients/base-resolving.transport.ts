import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { post, SseWire } from '../../wire/sse-wire.js';

/**
 * HTTP+SSE as the Java SDK implements it: the URI of the `endpoint` event is resolved against the base URL of the
 * client, not against the URL of the stream. A URI that leads upwards, and an absolute one that is not below the
 * base URL, are refused. So is a URI that `java.net.URI` does not parse.
 */
export class BaseResolvingTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onerror?: (error: Error) => void;
  onclose?: () => void;
  private wire: SseWire | undefined;
  private endpoint: URL | undefined;

  constructor(
    private readonly base: URL,
    private readonly streamPath: string,
  ) {}

  async start(): Promise<void> {
    const wire = await SseWire.open(resolvedUri(this.base, this.streamPath));
    this.wire = wire;
    const { data } = await wire.until(() => wire.events.find(({ event }) => event === 'endpoint'));
    this.endpoint = resolvedUri(this.base, data);
    void this.read(wire);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.endpoint === undefined) throw new Error('not started');
    const { status, body } = await post(this.endpoint, message);
    if (status < 200 || status > 299) throw new Error(`POST was answered ${status}: ${body}`);
  }

  async close(): Promise<void> {
    this.wire?.close();
    await this.wire?.end();
  }

  private async read(wire: SseWire): Promise<void> {
    try {
      for (let seen = 0; ; seen++)
        this.onmessage?.((await wire.until(() => wire.messages[seen])) as JSONRPCMessage);
    } catch {
      this.onclose?.();
    }
  }
}

/** The ASCII characters that `java.net.URI` accepts. */
const URI_TEXT = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})*$/i;

function resolvedUri(base: URL, reference: string): URL {
  if (!URI_TEXT.test(reference)) throw new Error(`no URI: ${reference}`);
  if (reference.split(/[/?]/).includes('..')) throw new Error(`leads upwards: ${reference}`);
  const resolved = new URL(reference, base);
  const isAbsolute = /^[a-z][\w+.-]*:/i.test(reference);
  const isBelow =
    resolved.origin === base.origin &&
    resolved.pathname.startsWith(base.pathname.replace(/\/$/, ''));
  if (isAbsolute && !isBelow) throw new Error(`not below the base URL: ${reference}`);
  return resolved;
}
