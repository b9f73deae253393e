import { type IncomingMessage, request } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';

/** The headers that Node's `fetch()` sends with every request. */
const FETCH_HEADERS = {
  accept: '*/*',
  'accept-language': '*',
  'sec-fetch-mode': 'cors',
  'user-agent': 'node',
  'accept-encoding': 'gzip, deflate',
} as const;

const DECODERS = { gzip: createGunzip, deflate: createInflate } as const;

/** The statuses whose responses have no body (Fetch Standard, null body status). */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/**
 * `fetch()` for requests to the application under test. Its sockets do not keep the process alive: the built-in
 * `fetch()` holds a process for as long as an event stream is open, and a test that fails does not close its client.
 * @throws TypeError when there is no response, with the error of the socket as `cause`
 */
export const loopbackFetch: FetchLike = (url, init = {}) =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers, body, signal } = init;
    const outgoing = request(url, {
      method,
      headers: { ...FETCH_HEADERS, ...Object.fromEntries(new Headers(headers)) },
      agent: false,
      ...(signal && { signal }),
    });
    outgoing.on('socket', (socket) => socket.unref());
    outgoing.on('response', (incoming) => resolve(responseOf(incoming)));
    outgoing.on('error', (cause) => reject(signal?.aborted === true ? cause : failed(cause)));
    // The official client sends text only.
    outgoing.end(typeof body === 'string' ? body : undefined);
  });

function failed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}

function responseOf(incoming: IncomingMessage): Response {
  const { statusCode: status = 0, statusMessage: statusText = '' } = incoming;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct))
    for (const value of values) headers.append(name, value);
  const empty = WITHOUT_BODY.includes(status);
  if (empty) incoming.resume();
  return new Response(empty ? null : bodyOf(incoming), { status, statusText, headers });
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const coding = incoming.headers['content-encoding'];
  const decoded =
    coding === 'gzip' || coding === 'deflate'
      ? pipeline(incoming, DECODERS[coding](), () => undefined)
      : incoming;
  return Readable.toWeb(decoded) as ReadableStream<Uint8Array>;
}
