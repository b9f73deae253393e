import type { INestApplication } from '@nestjs/common';
import { McpTestClient, type TestTransport } from '@nestmcp/testing';
import { AppModule } from '../../src/app.module.js';
import { startDemo } from '../support/app/demo-process.js';
import { call, STATELESS, StdioWire } from '../support/wire/stdio-wire.js';

interface Tool {
  readonly name: string;
  readonly inputSchema: {
    readonly required?: readonly string[];
    readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
  };
}
interface Result {
  readonly isError?: boolean;
  readonly content: readonly { readonly text?: string }[];
}
/** A client of the demo. */
interface Caller {
  readonly tools: () => Promise<readonly Tool[]>;
  readonly call: (name: string, args: object) => Promise<Result>;
  readonly close: () => Promise<unknown>;
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  string: 'Hello',
  number: 1,
  integer: 1,
  boolean: true,
  array: [],
  object: {},
};
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MASKED = /\(ref \w{8}\)/;

/** The smallest arguments that the schema of a tool accepts. */
const argumentsOf = ({ inputSchema: { required = [], properties = {} } }: Tool): object =>
  Object.fromEntries(required.map((name) => [name, SAMPLES[properties[name]?.type ?? 'string']]));

const overHttp =
  (transport: TestTransport) =>
  async (app: INestApplication): Promise<Caller> => {
    const client = await McpTestClient.over(app, transport);
    return {
      tools: async () => [...(await client.listTools())] as Tool[],
      call: async (name, args) => (await client.callTool(name, args)) as Result,
      close: () => client.close(),
    };
  };

const overStdio = (meta: object) => async (): Promise<Caller> => {
  const wire = await StdioWire.start({ module: AppModule });
  await wire.initialize();
  const resultOf = async (method: string, params: object): Promise<unknown> =>
    (await wire.request(method + JSON.stringify(params), method, params)).result;
  return {
    tools: async () =>
      ((await resultOf('tools/list', { _meta: meta })) as { tools: readonly Tool[] }).tools,
    call: async (name, args) => (await resultOf('tools/call', call(name, args, meta))) as Result,
    close: () => wire.end(),
  };
};

describe.each([
  ['HTTP+SSE', overHttp('sse')],
  ['Streamable HTTP', overHttp('streamable-http')],
  ['2026-07-28', overHttp('2026-07-28')],
  ['stdio', overStdio({})],
  ['stdio with 2026-07-28', overStdio(STATELESS)],
])('the demo, over %s', (_, connect) => {
  let app: INestApplication;
  let caller: Caller;

  beforeEach(async () => {
    ({ app } = await startDemo());
    caller = await connect(app);
  });

  afterEach(async () => {
    await caller.close();
    await app.close();
  });

  it('serves every tool', async () => {
    const tools = await caller.tools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['echo', 'current_time']));
    for (const tool of tools) {
      const result = await caller.call(tool.name, argumentsOf(tool));
      expect([tool.name, JSON.stringify(result.content)]).toEqual([
        tool.name,
        expect.not.stringMatching(MASKED),
      ]);
    }
  });

  it('returns the time', async () => {
    const { content, isError } = await caller.call('current_time', {});
    expect(isError).not.toBe(true);
    expect(content[0]?.text).toMatch(TIME);
  });
});
