import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { McpContext, McpException, McpTool, McpToolType, Param } from '@nestmcp/core';
import { assert, asyncProperty } from 'fast-check';
import { STATELESS, StdioWire } from '../support/wire/stdio-wire.js';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { LINE_END, LINE_ENDS, textWithLineEnds } from '../support/wire/line-ends.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const ALL = LINE_ENDS.join('-');

/** Every way in which text of a tool or of a client gets into a frame. */
@McpToolType()
class Words {
  @McpTool()
  echo(
    @Param('input') input: string,
    @Param('mode', { enum: [ALL], default: ALL }) _mode: string,
  ): string {
    return input;
  }

  @McpTool({
    output: { type: 'object', properties: { words: { type: 'string' }, [ALL]: { const: ALL } } },
  })
  structured(@Param('input') input: string): object {
    return { words: input, [ALL]: ALL };
  }

  @McpTool()
  refuse(@Param('input') input: string): never {
    throw new McpException(input);
  }

  @McpTool()
  async tell(@Param('input') input: string, ctx: McpContext): Promise<string> {
    await ctx.progress(1, 2, input);
    ctx.log.emergency(input, { logger: input, data: { [input]: input } });
    return input;
  }
}

const CALLS = ['echo', 'structured', 'refuse', 'tell'];

/** Messages whose id and token contain such text, and whose responses repeat each of them. */
const requests = (words: string, meta: object = {}): object[] => [
  ...CALLS.map((name) =>
    toolCall(`${name}${words}`, name, { input: words }, { progressToken: words, ...meta }),
  ),
  toolCall(`unknown${words}`, `no${words}`, {}, meta),
  request(`list${words}`, 'tools/list', { _meta: meta }),
  request(`params${words}`, 'tools/list', { cursor: words, _meta: meta }),
  request(`method${words}`, `no/${words}`, { _meta: meta }),
];

/** Splits lines as the server ends them: at line feeds, and at nothing else. */
function expectWhole(raw: string): void {
  for (const line of raw.split('\n')) expect(line).not.toMatch(LINE_END);
}

const posts = async (send: (body: object) => Promise<{ body: string }>, meta: object = {}) => {
  await assert(
    asyncProperty(textWithLineEnds, async (words) => {
      for (const each of requests(words, meta)) {
        const { body } = await send(each);
        expectWhole(body);
        expect(body).toContain('"id"');
        if (CALLS.some((name) => JSON.stringify(each).includes(`"id":"${name}`)))
          expect(body).toContain('"result"');
      }
    }),
    { numRuns: 10, examples: [[ALL]] },
  );
};

const encoded = (text: string): string => `=?base64?${Buffer.from(text).toString('base64')}?=`;

describe.each(PLATFORMS)(
  'each message that an application on %s sends is one line for every reader',
  (platform) => {
    let app: INestApplication;
    let url: URL;

    beforeAll(async () => {
      ({ app, url } = await startApp({ platform, providers: [Words] }));
    });

    afterAll(async () => {
      (app.getHttpServer() as Server).closeAllConnections();
      await app.close();
    });

    it('over Streamable HTTP', async () => {
      const session = await HttpSession.open(url);
      await posts(async (body) => session.post(body));
    });

    it('in batches', async () => {
      const session = await HttpSession.open(url, { version: '2025-03-26' });
      const { body } = await session.post(requests(ALL));
      expectWhole(body);
      expect(body.match(/"id"/g)).toHaveLength(requests(ALL).length);
    });

    it('without sessions', async () => {
      await posts(async (body) => {
        const { method, params } = body as { method: string; params: { name?: string } };
        return postMcp(url, body, {
          'mcp-protocol-version': '2026-07-28',
          // Never encoded: an unknown method cannot be named, and is refused for that reason.
          'mcp-method': method.startsWith('tools/') ? method : 'other',
          ...(params.name !== undefined && { 'mcp-name': encoded(params.name) }),
        });
      }, STATELESS);
    });

    it('over HTTP+SSE', async () => {
      const wire = await SseWire.open(new URL('/sse', url));
      await wire.initialize();
      await assert(
        asyncProperty(textWithLineEnds, async (words) => {
          for (const each of requests(words)) {
            await wire.post(each);
            await wire.answer((each as { id: string }).id);
          }
        }),
        { numRuns: 10, examples: [[ALL]] },
      );
      expectWhole(wire.raw);
      wire.close();
    });

    it('when the event log replays it', async () => {
      const session = await HttpSession.open(url);
      const stream = await session.stream(
        toolCall(ALL, 'tell', { input: ALL }, { progressToken: ALL }),
      );
      await stream.end();
      const again = await session.get({ 'last-event-id': stream.events[0]?.id ?? '' });
      await again.end();
      expect(again.messages).toEqual(stream.messages);
      expect(again.messages.at(-1)).toMatchObject({
        id: ALL,
        result: { content: [{ text: ALL }] },
      });
      expectWhole(again.raw);
    });

    it('when it is a refusal, or the answer to initialize', async () => {
      const taken = await postMcp(url, initialize('2025-11-25', ALL));
      const missing = await postMcp(url, request(ALL, 'tools/list'));
      const unserved = await postMcp(url, request(ALL, 'tools/list', { _meta: STATELESS }));
      for (const { body } of [taken, missing, unserved]) expectWhole(body);
      expect(JSON.parse(taken.body)).toMatchObject({ id: ALL, result: {} });
    });
  },
);

describe('each message that a process sends on stdout is one line for every reader', () => {
  it.each([
    ['with a session', {}],
    ['without', STATELESS],
  ])('%s', async (_, meta) => {
    const wire = await StdioWire.start({ providers: [Words] });
    let raw = '';
    wire.output.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
    await wire.initialize();
    for (const each of requests(ALL, meta)) {
      wire.send(each);
      await wire.answer((each as { id: string }).id);
    }
    await wire.end();
    expectWhole(raw);
    expect(raw.split('\n').length).toBeGreaterThan(requests(ALL, meta).length);
  });
});
