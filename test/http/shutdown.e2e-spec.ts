import { once } from 'node:events';
import { connect } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Ctx, McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { HttpSession } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const started = { gate: deferred(), running: deferred() };

@McpToolType()
class SlowTools {
  @McpTool('Answer with many characters when the gate opens')
  async large(
    @Param('tells', { type: Boolean }) tells: boolean,
    @Ctx() ctx: McpContext,
  ): Promise<string> {
    if (tells) await ctx.progress(1);
    started.running.resolve();
    await started.gate.promise;
    return 'x'.repeat(2 * 1024 * 1024);
  }
}

const call = (tells: boolean) => ({
  id: 7,
  method: 'tools/call',
  params: { name: 'large', arguments: { tells } },
  meta: { progressToken: 'p' },
});

const inSession = ({ id, method, params, meta }: ReturnType<typeof call>) => ({
  jsonrpc: '2.0',
  id,
  method,
  params: { ...params, _meta: meta },
});

describe.each(PLATFORMS)('an application that closes, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeEach(async () => {
    Object.assign(started, { gate: deferred(), running: deferred() });
    ({ app, url } = await startApp({ platform, providers: [SlowTools] }));
  });

  const closedWithin = async (milliseconds: number): Promise<void> => {
    const since = performance.now();
    await app.close();
    expect(performance.now() - since).toBeLessThan(milliseconds);
  };

  it.each([
    ['with a session, as JSON', false, true],
    ['with a session, as events', true, true],
    ['without a session, as JSON', false, false],
    ['without a session, as events', true, false],
  ])(
    'completes the response of a running call %s, and then closes',
    async (_, tells, hasSession) => {
      const answer = hasSession
        ? (await HttpSession.open(url)).post(inSession(call(tells)))
        : postStateless(url, call(tells));
      await started.running.promise;
      const closed = closedWithin(1_500);
      started.gate.resolve();
      const { status, body } = await answer;
      expect(status).toBe(200);
      expect(body).toContain(`"text":"${'x'.repeat(2 * 1024 * 1024)}"`);
      await closed;
    },
  );

  it('does not wait for a connection that has never sent anything', async () => {
    const socket = connect(Number(url.port), '127.0.0.1');
    await once(socket, 'connect');
    await HttpSession.open(url);
    await closedWithin(1_500);
    if (!socket.closed) await once(socket, 'close');
  });

  it('does not wait for the rest of a request whose headers are incomplete', async () => {
    const socket = connect(Number(url.port), '127.0.0.1');
    const begin = `GET /nowhere HTTP/1.1\r\nHost: ${url.host}\r\n`;
    socket.write(`${begin}\r\n`);
    await once(socket, 'data');
    await new Promise<void>((written) => {
      socket.write(begin, () => written());
    });
    await HttpSession.open(url);
    await closedWithin(1_500);
    if (!socket.closed) await once(socket, 'close');
  });
});
