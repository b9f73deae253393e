import type { INestApplication } from '@nestjs/common';
import { McpTool, McpToolType } from '@nestmcp/core';
import { outputAccounts } from '../../libs/core/src/transports/output/output-accounts.js';
import { deferred } from '../support/deferred.js';
import { HttpSession, postMcp, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { type Platform, PLATFORMS, startApp } from '../support/app/test-app.js';

const RESULT_BYTES = 6 * 1024 * 1024;
const CALLS = 12;
const OWNER_BYTES = RESULT_BYTES + 16 * 1024 * 1024;
const NOT_SENT = /^The result was not sent: too much data is waiting for this client/;

@McpToolType()
class BurstTools {
  private readonly go = deferred();
  private running = 0;

  @McpTool('Answer when all calls are running')
  async burst(): Promise<string> {
    if (++this.running === CALLS) this.go.resolve();
    await this.go.promise;
    return 'x'.repeat(RESULT_BYTES - 1_024);
  }
}

type Answer = Record<string, unknown>;

const ids = Array.from({ length: CALLS }, (_, id) => id);
const parsed = (answer: { body: string }): Answer => JSON.parse(answer.body) as Answer;

/** Sends all calls at once on one client, and reads the responses. */
const CLIENTS: readonly (readonly [string, object, (url: URL) => Promise<Answer[]>])[] = [
  [
    'HTTP+SSE',
    {},
    async (url) => {
      const wire = await SseWire.open(new URL('/sse', url));
      await wire.initialize();
      await Promise.all(ids.map((id) => wire.post(toolCall(id, 'burst'))));
      await wire.until(() => (wire.events.length > CALLS + 1 ? true : undefined));
      const answers = wire.messages.slice(1);
      expect(await wire.call('after', 'ping')).toMatchObject({ result: {} });
      wire.close();
      return answers;
    },
  ],
  [
    'Streamable HTTP with sessions',
    {},
    async (url) => {
      const session = await HttpSession.open(url);
      return (await Promise.all(ids.map((id) => session.post(toolCall(id, 'burst'))))).map(parsed);
    },
  ],
  [
    'Streamable HTTP with JSON alone',
    { transports: { streamableHttp: { sessions: false, json: true } } },
    async (url) =>
      (await Promise.all(ids.map((id) => postMcp(url, toolCall(id, 'burst'))))).map(parsed),
  ],
  [
    'Streamable HTTP without sessions',
    {},
    async (url) => {
      const request = { method: 'tools/call', params: { name: 'burst', arguments: {} } };
      return (await Promise.all(ids.map((id) => postStateless(url, { ...request, id })))).map(
        parsed,
      );
    },
  ],
];

describe.each(PLATFORMS)('a burst of results, on %s', (platform: Platform) => {
  let app: INestApplication;

  afterEach(() => app.close());

  it.each(CLIENTS)('does not disconnect a client that reads', async (_, mcp, callAll) => {
    let url: URL;
    ({ app, url } = await startApp({
      platform,
      providers: [BurstTools],
      mcp: { limits: { resultBytes: RESULT_BYTES }, ...mcp },
    }));
    let most = 0;
    const counting = setInterval(() => (most = Math.max(most, outputAccounts.bytes)), 1);
    const answers = await callAll(url);
    clearInterval(counting);
    expect(
      answers.map(({ id }) => id).toSorted((one, other) => Number(one) - Number(other)),
    ).toEqual(ids);
    const refused = answers.filter(({ error }) => error !== undefined);
    for (const { error } of refused)
      expect(error).toEqual({ code: -32603, message: expect.stringMatching(NOT_SENT) as string });
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(CALLS);
    expect(most).toBeLessThanOrEqual(OWNER_BYTES);
  });
});
