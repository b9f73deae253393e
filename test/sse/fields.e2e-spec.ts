import { McpContext, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { HttpSession, toolCall } from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, type RunningApp, startApp } from '../support/app/test-app.js';
import { StatelessWire } from '../support/wire/wires.js';

const SSE_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const HTTP_REVISIONS = SSE_REVISIONS.slice(1);
const POLLING = '2025-11-25';

@McpToolType()
class Leaving {
  readonly closed: boolean[] = [];

  @McpTool('Let the client go')
  async leave(ctx: McpContext): Promise<string> {
    await ctx.progress(1);
    this.closed.push(await ctx.closeStream());
    return 'left';
  }
}

/** The field names of each event, in order. A comment has none. */
const fieldsOf = (raw: string): string[] =>
  raw
    .split('\n\n')
    .map((event) =>
      event
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith(':'))
        .map((line) => (line.trimEnd() === 'data:' ? 'no data' : line.slice(0, line.indexOf(':'))))
        .join(' '),
    )
    .filter((event) => event !== '');

const idsOf = (raw: string): string[] =>
  [...raw.matchAll(/^id: ?(.*)$/gm)].map(([, id = '']) => id);

const PROGRESS = { progressToken: 1 };
const MESSAGE = 'id event data';
const PRIMED = 'id no data';

describe.each(PLATFORMS)('the fields of event streams on %s', (platform) => {
  let running: RunningApp;

  beforeEach(async () => {
    const mcp = { transports: { streamableHttp: { retry: '300ms' as const } } };
    running = await startApp({ platform, providers: [ProbeTools, Leaving], mcp });
  });
  afterEach(() => running.app.close());

  const edit = (): void => running.app.get(McpRegistry).disable('huge');

  it.each(SSE_REVISIONS)('of HTTP+SSE of %s: no id, and nothing else', async (version) => {
    const wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize(version);
    await wire.call(1, 'tools/call', { name: 'leave', _meta: PROGRESS });
    edit();
    await wire.until(() => (wire.messages.length === 4 ? true : undefined));
    await running.app.close();
    await wire.end();
    expect(fieldsOf(wire.raw)).toEqual(Array.from({ length: 5 }, () => 'event data'));
  });

  it.each(HTTP_REVISIONS)('of a POST of %s', async (version) => {
    const session = await HttpSession.open(running.url, { version });
    const wire = await session.stream(toolCall(1, 'count', { to: 2 }, PROGRESS));
    await wire.end();
    const primed = version === POLLING ? [PRIMED] : [];
    expect(fieldsOf(wire.raw)).toEqual([...primed, MESSAGE, MESSAGE, MESSAGE]);
    const ids = idsOf(wire.raw);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(HTTP_REVISIONS)('of a POST of %s whose tool disconnects its client', async (version) => {
    const session = await HttpSession.open(running.url, { version });
    const wire = await session.stream(toolCall(1, 'leave', {}, PROGRESS));
    await wire.end();
    const isPolling = version === POLLING;
    expect(running.app.get(Leaving).closed).toEqual([isPolling]);
    expect(fieldsOf(wire.raw)).toEqual(isPolling ? [PRIMED, MESSAGE, 'retry'] : [MESSAGE, MESSAGE]);
    expect(wire.raw.endsWith('retry: 300\n\n')).toBe(isPolling);
  });

  it.each(HTTP_REVISIONS)('of a resumed stream of %s', async (version) => {
    const session = await HttpSession.open(running.url, { version });
    const wire = await session.stream(toolCall(1, 'count', { to: 2 }, PROGRESS));
    await wire.end();
    const [first = '', ...others] = idsOf(wire.raw);
    const resumed = await session.get({ 'last-event-id': first });
    await resumed.end();
    const isPolling = version === POLLING;
    const expected = [MESSAGE, MESSAGE];
    expect(fieldsOf(resumed.raw)).toEqual(isPolling ? [PRIMED, ...expected, MESSAGE] : expected);
    expect(idsOf(resumed.raw)).toEqual(isPolling ? [first, ...others] : others);
  });

  it.each(HTTP_REVISIONS)('of the session stream of %s, to its end', async (version) => {
    const session = await HttpSession.open(running.url, { version });
    const wire = await session.get();
    edit();
    await wire.until(() => wire.messages[0]);
    await running.app.close();
    await wire.end();
    const isPolling = version === POLLING;
    expect(fieldsOf(wire.raw)).toEqual(isPolling ? [PRIMED, MESSAGE, 'retry'] : [MESSAGE]);
    expect(wire.raw.endsWith('retry: 300\n\n')).toBe(isPolling);
    // A client that is sent away keeps the id of its last message, so it misses nothing when it reconnects.
    expect(idsOf(wire.raw)).toHaveLength(isPolling ? 2 : 1);
  });

  it('of 2026-07-28', async () => {
    const wire = new StatelessWire(running.url);
    const called = await wire.posted(1, 'tools/call', { name: 'leave', _meta: PROGRESS });
    await called.ended();
    const notifications = { toolsListChanged: true };
    const params: object = { notifications };
    const listening = await wire.posted(2, 'subscriptions/listen', params);
    await listening.until(() => listening.messages[0]);
    edit();
    await listening.until(() => listening.messages[1]);
    await running.app.close();
    await listening.ended();
    expect(fieldsOf(called.raw)).toEqual(['event data', 'event data']);
    expect(fieldsOf(listening.raw)).toEqual(['event data', 'event data', 'event data']);
    expect(running.app.get(Leaving).closed).toEqual([false]);
  });
});
