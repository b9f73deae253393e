import { McpContext, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { HttpSession, toolCall } from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

/** The call sends progress, so its response is an event stream, which is logged. */
const TOKEN = { progressToken: 'p' };

@McpToolType()
class LargeTools {
  @McpTool('Return a large text as an event')
  async large(ctx: McpContext): Promise<string> {
    await ctx.progress(1);
    return 'x'.repeat(6_000_000);
  }
}

describe.each(PLATFORMS)('the event log, on %s', (platform) => {
  it("keeps a user's resumable events, and the streams being read, when another user makes calls", async () => {
    const { app, url } = await startApp({
      platform,
      providers: [ProbeTools, LargeTools],
      mcp: { principal: ({ headers }) => String(headers['x-user']) },
    });
    const [mine, other] = [
      await HttpSession.open(url, { headers: { 'x-user': 'me' } }),
      await HttpSession.open(url, { headers: { 'x-user': 'another' } }),
    ];
    const own = await mine.get();
    const release = app.get(ProbeTools).hold();
    const cut = await mine.stream(toolCall(1, 'count', { to: 3 }, TOKEN));
    const { id = '' } = await cut.until(() => cut.events[0]);
    cut.close();
    for (let call = 0; call < 12; call++) {
      const answer = await other.stream(toolCall(call, 'large', {}, TOKEN));
      await answer.end();
      expect(answer.messages.at(-1)).toMatchObject({ id: call, result: {} });
    }
    release();
    const resumed = await mine.get({ 'last-event-id': id });
    expect(resumed.status).toBe(200);
    expect(await resumed.answer(1)).toMatchObject({ result: {} });
    app
      .get(McpRegistry, { strict: false })
      .tool('one')
      .handle(() => 1);
    await own.until(() => own.messages.find(({ method }) => method !== undefined));
    for (const wire of [own, resumed]) wire.close();
    await app.close();
  });
});
