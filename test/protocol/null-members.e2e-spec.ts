import { McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { initialize, postMcp } from '../support/wire/http-session.js';
import { type RawWire, rawWires } from '../support/wire/raw-wires.js';
import { STATELESS } from '../support/wire/stdio-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

@McpToolType()
class Tools {
  @McpTool()
  async given(
    @Param('input', { type: 'string', optional: true, nullable: true }) input: string | null,
    ctx: McpContext,
  ): Promise<string> {
    await ctx.progress(1);
    ctx.log.emergency('heard');
    return input === undefined ? 'absent' : JSON.stringify(input);
  }
}

interface Answer {
  readonly result?: object;
  readonly error?: { readonly code: number };
}

/** The method, and the members of its params. `meta` stands for the `_meta` that the revision requires. */
type Row = readonly [method: string, params: string];

const ABSENT: readonly Row[] = [
  ['tools/list', '{"cursor":null,"_meta":{META}}'],
  ['tools/list', '{"_meta":{"progressToken":null META_NEXT}}'],
  ['tools/call', '{"name":"given","arguments":null,"_meta":{META}}'],
  ['tools/call', '{"name":"given","task":null,"_meta":{"progressToken":null META_NEXT}}'],
];

const ABSENT_WITH_SESSION: readonly Row[] = [
  ['ping', 'null'],
  ['tools/list', 'null'],
  ['tools/list', '{"_meta":null}'],
  ['tools/call', '{"name":"given","_meta":null}'],
  ['logging/setLevel', '{"level":"error","_meta":null}'],
];

const REQUIRED: readonly Row[] = [['tools/call', '{"name":null,"_meta":{META}}']];

const withMeta = (text: string, meta: string): string =>
  text.replace('META_NEXT', meta && `,${meta}`).replace('META', meta);

describe.each(PLATFORMS)('null on %s', (platform) => {
  const { rows, url } = rawWires(Tools, platform);

  describe.each(rows)('over %s', (name, open) => {
    let wire: RawWire;
    let id = 0;

    beforeAll(async () => {
      wire = await open();
    });

    afterAll(() => wire.close());

    const ask = async (method: string, params: string): Promise<Answer> => {
      const body = `{"jsonrpc":"2.0","id":${++id},"method":"${method}","params":${withMeta(params, wire.meta)}}`;
      const got = await wire.send(body, /"(?:result|error)":/);
      const line = got.split('\n').find((each) => each.includes(`"id":${id}`)) ?? '';
      return JSON.parse(line.replace(/^data: /, '')) as Answer;
    };

    const isStateless = name.includes('2026-07-28');

    it.each(isStateless ? ABSENT : [...ABSENT, ...ABSENT_WITH_SESSION])(
      'is treated as missing for an optional member: %s %s',
      async (method, params) => {
        expect(await ask(method, params)).toMatchObject({ result: {} });
      },
    );

    it.each(
      isStateless ? REQUIRED : [...REQUIRED, ['logging/setLevel', '{"level":null}'] as const],
    )('is refused for a required member: %s %s', async (method, params) => {
      expect(await ask(method, params)).toMatchObject({ error: { code: -32602 } });
    });

    it.each([
      ['{"input":null}', 'null'],
      ['{}', 'absent'],
    ])('is data within arguments: %s', async (args, text) => {
      const params = `{"name":"given","arguments":${args},"_meta":{META}}`;
      expect(await ask('tools/call', params)).toMatchObject({ result: { content: [{ text }] } });
    });

    it.each(['"id":null,"method":"ping"', '"id":1,"method":null'])(
      'is not a valid id or method: %s',
      async (members) => {
        const got = await wire.send(`{"jsonrpc":"2.0",${members}}`, /"error"/);
        expect(got).toContain('"code":-32600');
      },
    );
  });

  it.each([
    ['capabilities', true],
    ['clientInfo', true],
    ['_meta', true],
    ['protocolVersion', false],
  ])('in initialize for %s', async (member, isTaken) => {
    const { params } = initialize();
    const body = { ...initialize(), params: { ...params, [member]: null } };
    const answer = JSON.parse((await postMcp(url(), body)).body) as Answer;
    expect(answer).toMatchObject(isTaken ? { result: {} } : { error: { code: -32602 } });
  });

  it.each([
    ['logLevel', true],
    ['clientInfo', true],
    ['clientCapabilities', false],
    ['protocolVersion', false],
  ])('in the _meta of 2026-07-28 for %s', async (member, isTaken) => {
    const meta = { ...STATELESS, [`io.modelcontextprotocol/${member}`]: null };
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } };
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
    const answer = JSON.parse((await postMcp(url(), body, headers)).body) as Answer;
    expect(answer).toMatchObject(isTaken ? { result: {} } : { error: { code: -32602 } });
  });

  it.each(['{"jsonrpc":"2.0","method":"notifications/initialized","params":null}'])(
    'in a notification: %s',
    async (body) => {
      const opened = await postMcp(url(), initialize());
      const headers = { 'mcp-session-id': String(opened.headers['mcp-session-id']) };
      expect(await postMcp(url(), body, headers)).toMatchObject({ status: 202, body: '' });
    },
  );
});
