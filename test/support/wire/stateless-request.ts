import { post, type HttpAnswer, SseWire } from './sse-wire.js';
import { ACCEPT } from './http-session.js';

type Headers = Record<string, string>;

export const MODERN = '2026-07-28';

const META = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': {},
};

export interface ModernRequest {
  readonly id?: string | number;
  readonly method: string;
  readonly params?: Record<string, unknown>;
  /** In addition to the required ones. */
  readonly meta?: object;
  readonly headers?: Headers;
}

/** A request of 2026-07-28 as its clients send it: the headers repeat the body. */
export function modern({ id = 1, method, params = {}, meta = {}, headers = {} }: ModernRequest) {
  const name = params.name ?? params.uri;
  return {
    headers: {
      ...ACCEPT,
      'mcp-protocol-version': MODERN,
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
      ...headers,
    },
    body: { jsonrpc: '2.0', id, method, params: { ...params, _meta: { ...META, ...meta } } },
  };
}

export async function postModern(url: URL, request: ModernRequest): Promise<HttpAnswer> {
  const { headers, body } = modern(request);
  return post(new URL('/mcp', url), body, headers);
}

export async function streamModern(url: URL, request: ModernRequest): Promise<SseWire> {
  const { headers, body } = modern(request);
  return SseWire.open(new URL('/mcp', url), headers, body);
}
