import { post, type HttpAnswer, SseWire } from './sse-wire.js';
import { ACCEPT } from './http-session.js';

type Headers = Record<string, string>;

export const STATELESS = '2026-07-28';

const META = {
  'io.modelcontextprotocol/protocolVersion': STATELESS,
  'io.modelcontextprotocol/clientCapabilities': {},
};

export interface StatelessCall {
  readonly id?: string | number;
  readonly method: string;
  readonly params?: Record<string, unknown>;
  /** In addition to the required ones. */
  readonly meta?: object;
  readonly headers?: Headers;
}

/** A request of 2026-07-28 as its clients send it: the headers repeat the body. */
export function statelessRequest({
  id = 1,
  method,
  params = {},
  meta = {},
  headers = {},
}: StatelessCall) {
  const name = params.name ?? params.uri;
  return {
    headers: {
      ...ACCEPT,
      'mcp-protocol-version': STATELESS,
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
      ...headers,
    },
    body: { jsonrpc: '2.0', id, method, params: { ...params, _meta: { ...META, ...meta } } },
  };
}

export async function postStateless(url: URL, request: StatelessCall): Promise<HttpAnswer> {
  const { headers, body } = statelessRequest(request);
  return post(new URL('/mcp', url), body, headers);
}

export async function streamStateless(url: URL, request: StatelessCall): Promise<SseWire> {
  const { headers, body } = statelessRequest(request);
  return SseWire.open(new URL('/mcp', url), headers, body);
}
