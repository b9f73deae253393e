import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { STATELESS, stdioHarness } from '../support/wire/stdio-wire.js';

describe('a line', () => {
  const start = stdioHarness();

  it.each([
    ['that is not JSON', '{"jsonrpc":', -32700],
    ['that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), -32700],
    ['that is not a message', '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
    ['with a null id', '{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600],
    ['that is nested too deeply', `${'['.repeat(65)}${']'.repeat(65)}`, -32600],
    ['with too many values', `[${'0,'.repeat(10_000)}0]`, -32600],
    ['that is too long', 'x'.repeat(4 * 1024 * 1024 + 1), -32600],
  ])('%s is answered with an error without id, and affects nothing else', async (_, line, code) => {
    const wire = await start({ providers: [ProbeTools] });
    wire.raw(line);
    wire.raw('\n');
    expect(await wire.complaint()).toEqual({
      jsonrpc: '2.0',
      error: { code, message: expect.any(String) as unknown },
    });
    expect(await wire.request(1, 'ping')).toMatchObject({ result: {} });
    expect(wire.messages).toHaveLength(2);
  });

  it('may be blank, or end in CRLF, and the last one needs no line end', async () => {
    const wire = await start();
    wire.raw('\n\r\n  \n{"jsonrpc":"2.0","id":1,"method":"ping"}\r\n');
    wire.raw('{"jsonrpc":"2.0","id":2,"method":"ping"}');
    await wire.end();
    expect(wire.messages.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('with a response or an unknown notification is not answered', async () => {
    const wire = await start();
    wire.send({ jsonrpc: '2.0', id: 1, result: {} }, { jsonrpc: '2.0', method: 'no/such' });
    wire.notify('notifications/progress', { _meta: STATELESS });
    await wire.request('after', 'ping');
    expect(wire.messages).toHaveLength(1);
  });
});
