import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { HttpSession, toolCall } from './http-session.js';
import { ACCEPT } from './http-session.js';
import { SseWire } from './sse-wire.js';

/** The outcome of many clients that use the same ids at the same time. */
export interface Tally {
  readonly calls: number;
  /** Responses that belong to another caller. */
  readonly foreign: number;
}

/** A POST over a few persistent connections. One connection for each of thousands would test the kernel. */
async function posted(agent: Agent, url: URL, headers: Record<string, string>, body: object) {
  const outgoing = request(url, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  outgoing.end(JSON.stringify(body));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text };
}

const textFor = (client: number, call: number): string => `${client}/${call}`;

/** Every client calls `echo` with the ids 0, 1, 2 … and a text of its own, over Streamable HTTP. */
export async function equalIdsOverHttp(url: URL, clients: number, calls: number): Promise<Tally> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const sessions = await Promise.all(Array.from({ length: clients }, () => HttpSession.open(url)));
  const foreign = await Promise.all(
    sessions.map(async ({ id }, client) => {
      let wrong = 0;
      for (let call = 0; call < calls; call++) {
        const input = textFor(client, call);
        const headers = { ...ACCEPT, 'mcp-session-id': id };
        const body = toolCall(call, 'echo', { input });
        const { text } = await posted(agent, new URL('/mcp', url), headers, body);
        const result = { content: [{ type: 'text', text: input }] };
        if (text !== JSON.stringify({ jsonrpc: '2.0', id: call, result })) wrong++;
      }
      return wrong;
    }),
  );
  agent.destroy();
  return tally(clients * calls, foreign);
}

/** The same over HTTP+SSE, with responses on a stream of each client. */
export async function equalIdsOverSse(url: URL, clients: number, calls: number): Promise<Tally> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const wires = await Promise.all(
    Array.from({ length: clients }, () => SseWire.open(new URL('/sse', url))),
  );
  const foreign = await Promise.all(
    wires.map(async (wire, client) => {
      await wire.initialize();
      const before = wire.events.length;
      const endpoint = await wire.endpoint();
      for (let call = 0; call < calls; call++) {
        const body = toolCall(call, 'echo', { input: textFor(client, call) });
        await posted(agent, endpoint, {}, body);
        await wire.until(() => wire.events[before + call]);
      }
      const expected = Array.from({ length: calls }, (_, id) => {
        const result = { content: [{ type: 'text', text: textFor(client, id) }] };
        return JSON.stringify({ jsonrpc: '2.0', id, result });
      });
      const received = wire.events.slice(before).map(({ data }) => data);
      return received.filter((data, index) => data !== expected[index]).length;
    }),
  );
  for (const wire of wires) wire.close();
  agent.destroy();
  return tally(clients * calls, foreign);
}

function tally(calls: number, foreign: readonly number[]): Tally {
  return { calls, foreign: foreign.reduce((sum, each) => sum + each, 0) };
}
