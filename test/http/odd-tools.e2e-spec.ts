import type { INestApplication } from '@nestjs/common';
import { McpTool, McpToolType } from '@nestmcp/core';
import { HttpSession } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import type { HttpAnswer } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

@McpToolType()
class OddTools {
  @McpTool()
  throwsText(): never {
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- that is what is tested
    throw 'the password is 1234';
  }

  @McpTool()
  givesBigInt(): bigint {
    return 10n ** 20n;
  }

  @McpTool()
  givesCircle(): object {
    const circle: Record<string, unknown> = {};
    return Object.assign(circle, { circle });
  }
}

const RESULTS = [
  [
    'throws_text',
    { isError: true },
    /^An error occurred invoking 'throws_text' \(ref [0-9a-f]{8}\)$/,
  ],
  ['gives_big_int', {}, /^100000000000000000000$/],
  ['gives_circle', { isError: true }, /^The result of tool 'gives_circle' cannot be sent: /],
] as const;

const expectResult = ({ status, body }: HttpAnswer, flags: object, words: RegExp): void => {
  expect(status).toBe(200);
  const { id, result } = JSON.parse(body) as { id: number; result: object };
  expect(id).toBe(7);
  expect(result).toMatchObject({
    ...flags,
    content: [{ type: 'text', text: expect.stringMatching(words) as string }],
  });
  expect(body).not.toContain('1234');
};

describe.each(PLATFORMS)('a misbehaving tool over Streamable HTTP, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [OddTools] }));
  });

  afterAll(() => app.close());

  it.each(RESULTS)('affects only its own call within a session: %s', async (name, flags, words) => {
    const session = await HttpSession.open(url);
    const call = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name } };
    expectResult(await session.post(call), flags, words);
    await expect(session.call('alive', 'ping')).resolves.toMatchObject({ result: {} });
  });

  it.each(RESULTS)(
    'affects only its own call without a session: %s',
    async (name, flags, words) => {
      expectResult(
        await postStateless(url, { id: 7, method: 'tools/call', params: { name } }),
        flags,
        words,
      );
    },
  );
});
