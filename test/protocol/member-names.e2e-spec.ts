import { contracted, expectRefusal } from '../support/wire/contract.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { statelessRequest } from '../support/wire/stateless-request.js';
import { post, SseWire } from '../support/wire/sse-wire.js';
import { stdioHarness } from '../support/wire/stdio-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

/** A call as text, with additional members. `envelope` is the `_meta` that the revision requires. */
const call = (more: string, params: string, envelope = '') =>
  `{"jsonrpc":"2.0","id":7,"method":"tools/call"${more},"params":{"name":"echo"${params},"_meta":{"a":1${envelope}}}}`;

/** Text that is refused in the message and in its `params`. */
const FAULTS = [
  ['a method twice', ',"method":"ping"', ',"arguments":{"input":"x"}', -32600, undefined],
  ['an id twice', ',"id":8', ',"arguments":{"input":"x"}', -32600, undefined],
  ['a tool twice', '', ',"arguments":{"input":"x"},"name":"fail"', -32600, undefined],
  ['a tool twice, escaped', '', ',"n\\u0061me":"fail","arguments":{}', -32600, undefined],
  ['an argument twice', '', ',"arguments":{"input":"x","input":"y"}', -32600, undefined],
  ['_meta twice', '', ',"arguments":{"input":"x"},"_meta":{}', -32600, undefined],
  ['__proto__ in the message', ',"__proto__":{"x":1}', ',"arguments":{"input":"x"}', -32600, 7],
  ['__proto__ in params', '', ',"__proto__":{},"arguments":{"input":"x"}', -32602, 7],
  ['constructor in _meta', '', ',"arguments":{},"x":[{"constructor":1}]', -32602, 7],
] as const;

describe.each(PLATFORMS)('the names of members in a message on %s', (platform) => {
  const on = contracted(platform);

  it.each(FAULTS)(
    'are refused on every transport when they are reserved or repeated: %s',
    async (_, more, params, code, id) => {
      const wire = await SseWire.open(new URL('/sse', on.url));
      await wire.initialize();
      const { headers, body } = statelessRequest({
        method: 'tools/call',
        params: { name: 'echo' },
      });
      const { _meta: meta } = body.params;
      const envelope = `,${JSON.stringify(meta).slice(1, -1)}`;
      const stateless = call(more, params, envelope);
      expectRefusal(await wire.post(call(more, params)), 400, code, id);
      expectRefusal(await on.session.post(call(more, params)), 400, code, id);
      expectRefusal(await post(new URL('/mcp', on.url), stateless, headers), 400, code, id);
      expect(on.tools.echoed).toEqual([]);
      wire.close();
    },
  );

  it('are findings of the tool when arguments have reserved ones', async () => {
    const answer = await on.session.post(call('', ',"arguments":{"input":"x","__proto__":{}}'));
    expect(JSON.parse(answer.body)).toMatchObject({
      id: 7,
      result: { isError: true, content: [{ text: expect.stringContaining('__proto__') }] },
    });
    expect(on.tools.echoed).toEqual([]);
  });

  it('may occur again in another object', async () => {
    const answer = await on.session.post(call('', ',"arguments":{"input":"name"},"a":{"name":1}'));
    expect(JSON.parse(answer.body)).toMatchObject({ result: { content: [{ text: 'name' }] } });
  });
});

describe('the names of members in a message over stdio', () => {
  const start = stdioHarness();

  it.each(FAULTS)('are refused: %s', async (_, more, params, code, id) => {
    const wire = await start({ providers: [ProbeTools] });
    wire.raw(`${call(more, params)}\n`);
    await wire.request('after', 'ping');
    expect(wire.messages[0]).toEqual({
      jsonrpc: '2.0',
      ...(id !== undefined && { id }),
      error: { code, message: expect.any(String) as unknown },
    });
  });
});
