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
  readonly structuredContent?: unknown;
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
const ORDER = {
  customer: 'C-1001',
  lines: [
    { article: 'tea', quantity: 3 },
    { article: 'pot', quantity: 1 },
  ],
  shipTo: { street: 'Main Street 1', country: 'CH' },
  delivery: 'express',
};
const WRONG = { shipTo: { street: 'Main Street 1', country: 'Switzerland' }, colour: 'red' };
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
  let lastId = 0;
  const resultOf = async (method: string, params: object): Promise<unknown> =>
    (await wire.request(`call-${++lastId}`, method, params)).result;
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

  it('places an order of nested objects and lists', async () => {
    const { structuredContent, isError } = await caller.call('place_order', ORDER);
    expect([isError, structuredContent]).toEqual([
      undefined,
      { orderId: expect.stringMatching(/^O-\d+$/), pieces: 4, total: 83.5 },
    ]);
  });

  it('refuses wrong arguments, and names each of them', async () => {
    const { content, isError } = await caller.call('place_order', { ...ORDER, ...WRONG });
    expect(isError).toBe(true);
    const lines = content[0]?.text?.split('\n').toSorted() ?? [];
    expect(lines).toEqual([
      expect.stringMatching(/^- colour: is not an argument/),
      expect.stringMatching(/^- shipTo.country: /),
      expect.stringMatching(/^Invalid arguments for tool 'place_order':$/),
    ]);
  });

  it('exports orders', async () => {
    const { content } = await caller.call('export_orders', { count: 2 });
    expect(content[0]?.text).toBe('order,customer,total\nO-2000,C-1001,17.50\nO-2001,C-1002,35.00');
  });

  it('has a tool that fails with a reason for the model', async () => {
    expect(await caller.call('refund_order', { orderId: 'O-1' })).toMatchObject({
      isError: true,
      content: [{ text: 'Order O-1 is older than 30 days and cannot be refunded.' }],
    });
  });
});
