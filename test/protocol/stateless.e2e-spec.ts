import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { UseGuards } from '@nestjs/common';
import { McpContext, McpRegistry, McpTool, McpToolType, requireCapabilities } from '@nestmcp/core';
import {
  statelessRequest,
  type StatelessCall,
  postStateless,
  streamStateless,
} from '../support/wire/stateless-request.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import type { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';
import { ADMIN, LibraryGuard } from '../support/fixtures/visibility.js';

const PREFIX = 'io.modelcontextprotocol/';
const CALL = 'tools/call';

@McpToolType()
class Tools {
  @McpTool('Needs a client that can sample')
  needy({ peer, log }: McpContext): string {
    log.info('asked');
    requireCapabilities(peer, { sampling: {} });
    return 'sampled';
  }

  @McpTool('Say who asks')
  peer({ peer }: McpContext): string {
    return JSON.stringify(peer?.clientInfo ?? 'nobody');
  }

  @McpTool('Say something')
  async speak(ctx: McpContext): Promise<string> {
    for (let step = 1; step <= 5; step++) await ctx.progress(step);
    ctx.log.debug('debug');
    ctx.log.error('error');
    return 'spoken';
  }

  @McpTool({ description: 'Take too long', timeout: '20ms' })
  async slow({ signal }: McpContext): Promise<string> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return 'too late';
  }

  @McpTool('For administrators')
  @UseGuards(LibraryGuard)
  secret(): string {
    return 'secret';
  }
}

interface Answered {
  readonly status: number;
  readonly body: string;
  /** True when the socket has carried a request before. */
  readonly again: boolean;
}

/** Sends one request after the other on a single connection. */
function connection(url: URL) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (asked: StatelessCall): Promise<Answered> => {
    const { headers, body } = statelessRequest(asked);
    const sending = request(new URL('/mcp', url), {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    sending.end(JSON.stringify(body));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    const { statusCode: status = 0 } = response;
    return { status, body: await text(response), again: sending.reusedSocket };
  };
  return { ask, close: () => agent.destroy() };
}

interface Listed {
  readonly result: { readonly tools: readonly { readonly name: string }[]; cacheScope: string };
}

const EVERYBODYS = ['needy', 'peer', 'speak', 'slow'];
const namesIn = (body: string): string[] =>
  (JSON.parse(body) as Listed).result.tools.map(({ name }) => name);
const levelsOf = ({ messages }: SseWire): unknown[] =>
  messages
    .filter(({ method }) => method === 'notifications/message')
    .map(({ params }) => (params as { level: unknown }).level);

describe.each(PLATFORMS)('requests of 2026-07-28 on %s', (platform) => {
  const { start } = harness(platform);
  const open = async (mcp = {}) =>
    start({ providers: [Tools, LibraryGuard], mcp: { visibility: [LibraryGuard], ...mcp } });

  it('share nothing on one connection: neither capabilities, nor level, nor client', async () => {
    const { url } = await open();
    const { ask, close } = connection(url);
    const needy = { method: CALL, params: { name: 'needy' } };
    const peer = { method: CALL, params: { name: 'peer' } };
    const said = {
      [`${PREFIX}clientCapabilities`]: { sampling: {} },
      [`${PREFIX}logLevel`]: 'debug',
      [`${PREFIX}clientInfo`]: { name: 'first', version: '1' },
    };
    const first = await ask({ ...needy, meta: said });
    expect(first.body).toContain('sampled');
    expect(first.body).toContain('notifications/message');
    const second = await ask(needy);
    expect(second).toMatchObject({ status: 400, again: true });
    expect(second.body).not.toContain('notifications/message');
    expect(JSON.parse(second.body)).toMatchObject({ error: { code: -32021 } });
    expect((await ask({ ...peer, meta: said })).body).toContain('first');
    const last = await ask(peer);
    expect(last).toMatchObject({ status: 200, again: true });
    expect(last.body).not.toContain('first');
    close();
  });

  it('list the tools that their own caller may use now, on any connection', async () => {
    const { app, url } = await open({ cache: { ttl: '1m', scope: 'public' } });
    const [one, other] = [connection(url), connection(url)];
    const list = { method: 'tools/list' };
    for (const { ask } of [one, other, one]) {
      const [all, own] = [await ask({ ...list, headers: ADMIN }), await ask(list)];
      expect(namesIn(all.body)).toEqual([...EVERYBODYS, 'secret']);
      expect(namesIn(own.body)).toEqual(EVERYBODYS);
      for (const { body } of [all, own])
        expect((JSON.parse(body) as Listed).result.cacheScope).toBe('private');
      const hidden = { method: CALL, params: { name: 'secret' } };
      expect((await ask({ ...hidden, headers: ADMIN })).body).toContain('"secret"');
      expect(JSON.parse((await ask(hidden)).body)).toMatchObject({ error: { code: -32602 } });
    }
    app.get(McpRegistry).remove('slow');
    for (const { ask } of [one, other])
      expect(namesIn((await ask(list)).body)).toEqual(['needy', 'peer', 'speak']);
    for (const { close } of [one, other]) close();
  });

  it('receive the log messages that they requested on their own streams', async () => {
    const { url } = await open();
    const speak = async (id: string, meta: object) =>
      streamStateless(url, {
        id,
        method: CALL,
        params: { name: 'speak' },
        meta: { progressToken: id, ...meta },
      });
    const wires = await Promise.all([
      speak('all', { [`${PREFIX}logLevel`]: 'debug' }),
      speak('few', { [`${PREFIX}logLevel`]: 'error' }),
      speak('none', {}),
    ]);
    await Promise.all(wires.map((wire) => wire.end()));
    expect(wires.map(levelsOf)).toEqual([['debug', 'error'], ['error'], []]);
    expect(wires.map(({ messages }) => messages.at(-1)?.id)).toEqual(['all', 'few', 'none']);
  });

  it('are served though their client has unknown extensions', async () => {
    const { url } = await open();
    const meta = {
      [`${PREFIX}clientCapabilities`]: { extensions: { 'com.example/unknown': { deep: [1] } } },
      'com.example/unknown': 5,
    };
    const answer = await postStateless(url, { method: CALL, params: { name: 'peer' }, meta });
    expect(JSON.parse(answer.body)).toMatchObject({ result: { resultType: 'complete' } });
    const { body } = await postStateless(url, { method: 'server/discover', meta });
    expect(body).not.toContain('extensions');
  });

  it('never receive a cancellation or a request, and the server continues after it', async () => {
    const { url } = await open();
    const { ask, close } = connection(url);
    const slow = await ask({ method: CALL, params: { name: 'slow' }, meta: { progressToken: 1 } });
    expect(JSON.parse(slow.body)).toMatchObject({ id: 1, result: { isError: true } });
    const meta = { [`${PREFIX}protocolVersion`]: '2030-01-01' };
    const headers = { 'mcp-protocol-version': '2030-01-01' };
    expect(await ask({ method: 'tools/list', meta, headers })).toMatchObject({ status: 400 });
    const wire = await streamStateless(url, {
      method: CALL,
      params: { name: 'speak' },
      meta: { progressToken: 2 },
    });
    await wire.end();
    expect(new Set(wire.messages.map(({ method }) => method))).toEqual(
      new Set(['notifications/progress', undefined]),
    );
    close();
  });

  it('are refused when a page of a foreign origin sends them', async () => {
    const { url } = await open();
    const origin = 'https://evil.example';
    for (const method of ['server/discover', 'tools/list', 'subscriptions/listen'])
      expect(await postStateless(url, { method, headers: { origin } })).toMatchObject({
        status: 403,
      });
  });
});
