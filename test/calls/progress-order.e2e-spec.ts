import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { startApp } from '../support/app/test-app.js';
import {
  HttpSession,
  type Message,
  sseWire,
  StatelessWire,
  type Wire,
} from '../support/wire/wires.js';

const CALLS = 16;
const EVENTS = 100;

@McpToolType()
class Tools {
  @McpTool('Tell progress')
  async count(ctx: McpContext): Promise<string> {
    for (let step = 1; step <= EVENTS; step++) await ctx.progress(step, EVENTS);
    return 'counted';
  }
}

const WIRES: readonly (readonly [string, (url: URL) => Promise<Wire>])[] = [
  ['HTTP+SSE', async (url) => sseWire(url, '2024-11-05')],
  ['Streamable HTTP with sessions', async (url) => HttpSession.begin(url)],
  ['Streamable HTTP without sessions', async (url) => Promise.resolve(new StatelessWire(url))],
];

/** The messages of one call, in order: the values of its progress, and the response. */
function ofCall(messages: readonly Message[], id: number): unknown[] {
  return messages.flatMap((message) => {
    const { progressToken, progress } = (message.params ?? {}) as Record<string, unknown>;
    if (progressToken === id) return [progress];
    return message.id === id ? ['answer'] : [];
  });
}

describe.each(WIRES)('progress of many calls at once over %s', (_, open) => {
  async function told(progressPerSecond: number): Promise<unknown[][]> {
    const { app, url } = await startApp({
      providers: [Tools],
      mcp: { limits: { progressPerSecond } },
    });
    const wire = await open(url);
    const ids = Array.from({ length: CALLS }, (__, id) => id);
    const calls = await Promise.all(
      ids.map(async (id) => {
        const params = { name: 'count', _meta: { progressToken: id } };
        const asked = await wire.ask(id, 'tools/call', params);
        await asked.answer();
        return ofCall(asked.messages(), id);
      }),
    );
    wire.close();
    await app.close();
    return calls;
  }

  it('arrives complete, in order, and before the response', async () => {
    const all = Array.from({ length: EVENTS }, (__, step) => step + 1);
    for (const call of await told(1_000)) expect(call).toEqual([...all, 'answer']);
  });

  it('arrives in order and with its last value when it is throttled', async () => {
    for (const call of await told(5)) {
      expect(call.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
      expect(call.slice(-2)).toEqual([EVENTS, 'answer']);
      const values = call.slice(0, -1).map(Number);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect(new Set(values).size).toBe(values.length);
      expect(values.length).toBeLessThan(EVENTS);
    }
  });
});
