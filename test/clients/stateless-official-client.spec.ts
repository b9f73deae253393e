import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  Client,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SERVER_INFO_META_KEY,
  StreamableHTTPClientTransport,
  SUBSCRIPTION_ID_META_KEY,
} from '@modelcontextprotocol/client';
import { isJsonObject, type JsonSchema } from '../../libs/core/src/interfaces/json.js';
import {
  errorMessage,
  type JsonRpcRequest,
  RawJson,
  readMessage,
  resultMessage,
} from '../../libs/core/src/protocol/json-rpc.js';
import { NO_CACHE } from '../../libs/core/src/protocol/stateless/cache-hint.js';
import { readRequestMeta } from '../../libs/core/src/protocol/stateless/request-meta.js';
import { isStatelessRequest } from '../../libs/core/src/protocol/stateless/is-stateless-request.js';
import * as keys from '../../libs/core/src/protocol/stateless/meta-keys.js';
import { statelessResult } from '../../libs/core/src/protocol/stateless/stateless-result.js';
import { headerMismatch } from '../../libs/core/src/protocol/stateless/param-header-mismatch.js';
import { paramHeaders } from '../../libs/core/src/protocol/stateless/param-headers.js';
import { SUPPORTED_REVISIONS } from '../../libs/core/src/protocol/revisions.js';

const INPUT: JsonSchema = {
  type: 'object',
  properties: {
    text: { type: 'string', 'x-mcp-header': 'Text' },
    count: { type: 'integer', 'x-mcp-header': 'Count' },
    deep: { type: 'object', properties: { isOn: { type: 'boolean', 'x-mcp-header': 'Is-On' } } },
  },
};
const UNPUBLISHABLE: JsonSchema = {
  type: 'object',
  properties: { x: { type: ['string', 'null'], 'x-mcp-header': 'X' } },
};
const HEADERS = paramHeaders(INPUT).headers ?? [];
const TOOLS = [
  { name: 'Echo – ö', inputSchema: INPUT },
  { name: 'dropped', inputSchema: UNPUBLISHABLE },
];

/** The response of the protocol layer to a request, without the rest of the package. */
function answer(request: JsonRpcRequest, headers: IncomingMessage['headers']): string {
  const envelope = readRequestMeta(request, headers);
  const args = isJsonObject(request.params) ? request.params.arguments : {};
  const refusal =
    envelope.kind === 'refusal'
      ? envelope
      : request.method === 'tools/call'
        ? headerMismatch(HEADERS, isJsonObject(args) ? args : {}, headers)
        : undefined;
  if (refusal) return errorMessage(request.id, refusal.code, refusal.message, refusal.data);
  const results: Record<string, object> = {
    'server/discover': { supportedVersions: SUPPORTED_REVISIONS, capabilities: { tools: {} } },
    'tools/list': { tools: TOOLS },
    'tools/call': { content: [{ type: 'text', text: JSON.stringify({ args, envelope }) }] },
  };
  const marks = { serverInfoJson: '{"name":"parts","version":"1"}', cache: NO_CACHE };
  const text = statelessResult(JSON.stringify(results[request.method]), marks);
  return resultMessage(request.id, new RawJson(text));
}

const seen: boolean[] = [];
const server = createServer((request, response) => {
  void json(request).then((body) => {
    const message = readMessage(body);
    if (message?.kind !== 'request') return response.writeHead(202).end();
    seen.push(isStatelessRequest(message, request.headers));
    const text = answer(message, request.headers);
    const status = text.includes('"error":') ? 400 : 200;
    return response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
});
const client = new Client(
  { name: 'official', version: '2' },
  { versionNegotiation: { mode: 'auto' }, capabilities: { sampling: {} } },
);

beforeAll(async () => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)));
});
afterAll(async () => {
  await client.close();
  server.close();
});

const call = async (args: Record<string, unknown>) => {
  const { content } = await client.callTool({ name: 'Echo – ö', arguments: args });
  const [block] = content;
  return JSON.parse(block?.type === 'text' ? block.text : '') as object;
};

describe('the official client of 2026-07-28', () => {
  it('discovers the revision, and the name of the server', () => {
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect(client.getServerVersion()).toEqual({ name: 'parts', version: '1' });
  });

  it("lists the tools with valid headers, and drops the tool that would stop a server's start", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['Echo – ö']);
    expect(console.warn).toHaveBeenCalledWith(expect.stringContaining("excluding tool 'dropped'"));
    expect(paramHeaders(UNPUBLISHABLE).problems).toHaveLength(1);
  });

  it('identifies itself in every request', async () => {
    expect(await call({})).toMatchObject({
      envelope: {
        peer: {
          protocolVersion: '2026-07-28',
          clientInfo: { name: 'official', version: '2' },
          clientCapabilities: { sampling: {} },
        },
      },
    });
  });

  it.each([
    [{ text: 'plain' }],
    [{ text: ' padded ' }],
    [{ text: 'Hello, 世界\n' }],
    [{ text: '=?base64?literal?=' }],
    [{ text: '' }],
    [{ text: '', count: -7, deep: { isOn: false } }],
    [{ count: 0 }],
    [{ count: Number.MAX_SAFE_INTEGER }],
    [{ deep: { isOn: true } }],
    [{ text: null, deep: null }],
  ])('sends headers that agree with %j', async (args) => {
    await expect(call(args)).resolves.toMatchObject({ args });
  });

  it('is recognized by all of its requests', async () => {
    await call({});
    await client.listTools();
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen)).toEqual(new Set([true]));
  });

  it('has the same cache keys', () => {
    expect({ ...keys }).toEqual({
      META_PROTOCOL_VERSION: PROTOCOL_VERSION_META_KEY,
      META_CLIENT_INFO: CLIENT_INFO_META_KEY,
      META_CLIENT_CAPABILITIES: CLIENT_CAPABILITIES_META_KEY,
      META_LOG_LEVEL: LOG_LEVEL_META_KEY,
      META_SUBSCRIPTION_ID: SUBSCRIPTION_ID_META_KEY,
      META_SERVER_INFO: SERVER_INFO_META_KEY,
    });
  });
});
