import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import type { Observable } from 'rxjs';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { HttpSession, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import type { HttpAnswer } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

/** Sets the headers that an interceptor of a download sets. */
@Injectable()
class DownloadInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context
      .switchToHttp()
      .getResponse<{ header(k: string, v: string): unknown }>();
    for (const [name, value] of Object.entries({
      'content-type': 'text/csv',
      'content-length': '5',
      'content-encoding': 'gzip',
      'content-disposition': 'attachment',
      etag: '"1"',
      'x-rate-limit': '7',
    }))
      response.header(name, value);
    return next.handle();
  }
}

@McpToolType()
@UseInterceptors(DownloadInterceptor)
class Tools {
  @McpTool('Answers with JSON')
  quick(): string {
    return 'whole';
  }

  @McpTool('Answers with events')
  async told(ctx: McpContext): Promise<string> {
    await ctx.progress(1);
    return 'whole';
  }
}

const meta = { progressToken: 1 };

const CALLS: readonly (readonly [string, (url: URL, name: string) => Promise<HttpAnswer>])[] = [
  [
    'with a session',
    async (url, name) => (await HttpSession.open(url)).post(toolCall(1, name, {}, meta)),
  ],
  [
    'without a session',
    async (url, name) => postStateless(url, { method: 'tools/call', params: { name }, meta }),
  ],
];

describe.each(PLATFORMS)('headers that a tool’s enhancers set, on %s', (platform) => {
  const { start } = harness(platform);

  describe.each(CALLS)('%s', (_, call) => {
    it.each([
      ['quick', 'application/json'],
      ['told', 'text/event-stream'],
    ])('are sent with the response of %s, and never change its body', async (name, type) => {
      const { url } = await start({ providers: [Tools] });
      const { status, headers, body } = await call(url, name);
      expect(status).toBe(200);
      expect(body).toContain('"text":"whole"');
      expect(headers).toMatchObject({ 'content-type': type, 'x-rate-limit': '7' });
      for (const header of ['content-length', 'content-encoding', 'content-disposition', 'etag'])
        expect(headers).not.toHaveProperty(header);
    });
  });
});
