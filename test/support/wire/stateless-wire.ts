import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { json } from 'node:stream/consumers';

const PREFIX = 'io.modelcontextprotocol/';

/** A message as it is sent. Only the members that tests read. */
export interface StatelessMessage {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: { readonly _meta?: Record<string, unknown> } & Record<string, unknown>;
  readonly result?: { readonly _meta?: Record<string, unknown> } & Record<string, unknown>;
  readonly error?: { readonly code: number; readonly data?: unknown };
}

export interface StatelessRequest {
  readonly method: string;
  readonly params?: { readonly name?: string } & Record<string, unknown>;
  readonly id?: string | number;
  /** The capabilities of the client. Default: none. */
  readonly capabilities?: object;
  readonly meta?: Record<string, unknown>;
  readonly signal?: AbortSignal;
}

/**
 * One request of revision 2026-07-28 to `/mcp`, with all required `_meta` and headers, on a connection of its own.
 * `fetch()` opens a spare connection when a response is cancelled, which delays a shutdown.
 */
export async function askStateless(
  url: URL,
  { method, params = {}, id = 1, capabilities = {}, meta, signal }: StatelessRequest,
): Promise<IncomingMessage> {
  const envelope = {
    [`${PREFIX}protocolVersion`]: '2026-07-28',
    [`${PREFIX}clientCapabilities`]: capabilities,
    ...meta,
  };
  const sending = httpRequest(new URL('/mcp', url), {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(params.name !== undefined && { 'mcp-name': params.name }),
    },
    ...(signal && { signal }),
  });
  sending.end(
    JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...params, _meta: envelope } }),
  );
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  sending.on('error', () => undefined);
  return response;
}

/** The response to a request that is answered as JSON. */
export async function answerOf(url: URL, request: StatelessRequest): Promise<StatelessMessage> {
  return (await json(await askStateless(url, request))) as StatelessMessage;
}

/** The lines of an event stream as they arrive, including comments and empty lines. */
export async function* linesOf(response: IncomingMessage): AsyncGenerator<string, void, undefined> {
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** The messages of an event stream as they arrive. */
export async function* messagesOf(
  response: IncomingMessage,
): AsyncGenerator<StatelessMessage, void, undefined> {
  for await (const line of linesOf(response))
    if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as StatelessMessage;
}

/** The next message. Fails when the stream has ended. */
export async function nextOf(
  messages: AsyncGenerator<StatelessMessage, void, undefined>,
): Promise<StatelessMessage> {
  const { value } = await messages.next();
  if (value === undefined) throw new Error('The stream has ended');
  return value;
}

/** All messages until the stream ends. */
export async function restOf(
  messages: AsyncGenerator<StatelessMessage, void, undefined>,
): Promise<StatelessMessage[]> {
  const rest: StatelessMessage[] = [];
  for await (const message of messages) rest.push(message);
  return rest;
}
