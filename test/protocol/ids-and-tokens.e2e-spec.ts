import { request } from 'node:http';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { askStateless, linesOf } from '../support/wire/stateless-wire.js';
import { HttpSession, initialize, postMcp } from '../support/wire/http-session.js';
import { nodes } from '../support/app/nodes.js';
import { type RawWire, rawWires } from '../support/wire/raw-wires.js';
import { STATELESS } from '../support/wire/stdio-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const BIG = '1783000000000000001';

@McpToolType()
class Tools {
  @McpTool()
  async work(ctx: McpContext): Promise<string> {
    await ctx.progress(1, 2);
    return 'done';
  }
}

/** A tool call as raw text, with the id and the token exactly as they are sent. */
const call = ({ meta }: RawWire, id: string, name: string, token?: string): string => {
  const members = [meta, token === undefined ? '' : `"progressToken":${token}`].filter(Boolean);
  const params = `"name":"${name}","arguments":{},"_meta":{${members.join(',')}}`;
  return `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{${params}}}`;
};

const ping = (id: string): string => `{"jsonrpc":"2.0","id":${id},"method":"ping"}`;

describe.each(PLATFORMS)('ids and progress tokens on %s', (platform) => {
  const { rows, url } = rawWires(Tools, platform);

  describe.each(rows)('over %s', (_, open) => {
    let wire: RawWire;

    beforeAll(async () => {
      wire = await open();
    });

    afterAll(() => wire.close());

    it.each([
      '9007199254740993',
      '-9007199254740993',
      BIG,
      '9'.repeat(256),
      `"${BIG}"`,
      `"${'x'.repeat(256)}"`,
      `"${'é'.repeat(128)}"`,
    ])('are returned as they were sent: %s', async (name) => {
      const got = await wire.send(call(wire, name, 'work', name), /"result"/);
      expect(got).toContain(`"id":${name},"result"`);
      expect(got).toContain(`"progressToken":${name},`);
    });

    it.each(['1e400', '1e-400', '1.5', '1.0000000000000000001', '9'.repeat(257), 'null', 'true'])(
      'are refused by name as an id: %s',
      async (id) => {
        const got = await wire.send(call(wire, id, 'work'), /"error"/);
        expect(got).toContain('"code":-32600,"message":"Invalid request: id must be');
        expect(got).not.toContain('"id"');
      },
    );

    it.each(['x'.repeat(257), 'é'.repeat(129), 'z'.repeat(1_000_000)])(
      'are limited in bytes',
      async (long) => {
        const id = await wire.send(call(wire, `"${long}"`, 'work'), /"error"/);
        expect(id).toContain('"code":-32600,"message":"Invalid request: id must be');
        const token = await wire.send(call(wire, '1', 'work', `"${long}"`), /"error"/);
        expect(token).toContain(
          '"id":1,"error":{"code":-32602,"message":"Invalid params: _meta.pro',
        );
        expect(id.length + token.length).toBeLessThan(600);
      },
    );

    it.each(['1.0000000000000000001', '1.5', '1e400', '{}'])(
      'get no progress when they cannot be represented exactly: %s',
      async (token) => {
        const got = await wire.send(call(wire, '2', 'work', token), /"result"/);
        expect(got).not.toContain('progressToken');
      },
    );
  });

  it('distinguish the calls of a batch, though JSON.parse would not', async () => {
    const session = await HttpSession.open(url(), { version: '2025-03-26' });
    const [first, second] = ['9007199254740992', '9007199254740993'];
    const { body } = await session.post(`[${ping(first)},${ping(second)}]`);
    expect(body).toBe(
      `[{"jsonrpc":"2.0","id":${first},"result":{}},{"jsonrpc":"2.0","id":${second},"result":{}}]`,
    );
  });

  it('of a subscription are in every message of the subscription', async () => {
    const body = `{"jsonrpc":"2.0","id":${BIG},"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":${JSON.stringify(STATELESS)}}}`;
    const sending = request(new URL('/mcp', url()), {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'subscriptions/listen',
      },
    });
    const line = await new Promise<string>((resolve, reject) => {
      sending.on('error', reject).on('response', (response) => {
        response.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      });
      sending.end(body);
    });
    expect(line).toContain(`"io.modelcontextprotocol/subscriptionId":${BIG}`);
    sending.destroy();
  });

  it('of clients are limited where they are stored', async () => {
    const claims = { capabilities: {}, clientInfo: { name: 'wire', version: '1' } };
    for (const claim of [
      { clientInfo: { name: 'x'.repeat(16_384), version: '1' } },
      { capabilities: { experimental: { a: 'é'.repeat(8_192) } } },
    ]) {
      const params = { protocolVersion: '2025-11-25', ...claims, ...claim };
      const { body, headers } = await postMcp(url(), { ...initialize(), params });
      expect(headers['mcp-session-id']).toBeUndefined();
      expect(JSON.parse(body)).toMatchObject({ id: 'init', error: { code: -32602 } });
      expect(body).toContain(`${Object.keys(claim).join('')} must be at most 16384 bytes`);
    }
    const capabilities = { experimental: { a: 'x'.repeat(16_384) } };
    const response = await askStateless(url(), { method: 'tools/list', capabilities });
    expect(response.statusCode).toBe(400);
    const lines: string[] = [];
    for await (const each of linesOf(response)) lines.push(each);
    response.resume();
  });
});

describe('a call with a long number for an id', () => {
  const { start } = nodes();

  it.each(['9007199254740993', '"9007199254740993"'])(
    'can be cancelled from another node: %s',
    async (id) => {
      const [first, second] = [await start(), await start()];
      const session = await HttpSession.open(first.url);
      const running = session.post(
        `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"wait"}}`,
      );
      await first.tools.running(1);
      await session
        .as(second.url)
        .post(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${id}}}`);
      await running;
      expect(first.tools.waiting[0]?.aborted).toBe(true);
    },
  );
});
