import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { expectNothingLeftBy } from '../support/fixtures/stream-leaks.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const WAIT = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'wait' } };

describe.each(PLATFORMS)('the lifetime of a stream on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  const start = async (mcp = {}) => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools], mcp }));
  };
  const open = () => SseWire.open(new URL('/sse', url));

  it('ends when the client disconnects: its running calls are aborted and nothing remains', async () => {
    await start();
    const wire = await open();
    await wire.initialize();
    const endpoint = await wire.endpoint();
    const probe = app.get(ProbeTools);
    for (const id of [1, 2, 3]) await wire.post({ ...WAIT, id });
    await probe.running(3);
    const aborted = probe.waiting.map(
      (signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason))),
    );
    wire.close();
    await expect(Promise.all(aborted)).resolves.toEqual(
      Array.from({ length: 3 }, () => new Error('The client left')),
    );
    expect(sessionsOf(app).size).toBe(0);
    const late = await send('POST', endpoint, { 'content-type': 'application/json' }, [
      Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping"}'),
    ]);
    expect(late.status).toBe(404);
    await app.close();
  });

  // test:load does the same with 1,000 streams.
  it('leaves no session, timer or listener behind after 200 streams', async () => {
    await start();
    await expectNothingLeftBy(4, app, url);
  });

  it('ends cleanly when the application closes with open streams, within 2 s', async () => {
    await start();
    const wires = await Promise.all(Array.from({ length: 20 }, () => open()));
    await Promise.all(wires.map((wire) => wire.initialize()));
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    await Promise.all(wires.map((wire) => wire.end()));
    for (const { response } of wires) expect(response.complete).toBe(true);
    for (const wire of wires) wire.close();
  });

  it('waits at shutdown for running calls, and answers them before the stream ends', async () => {
    await start();
    const wire = await open();
    await wire.initialize();
    await wire.post({ ...WAIT, id: 1 });
    await wire.post({ ...WAIT, id: 2 });
    await app.get(ProbeTools).running(2);
    const closed = app.close();
    // A client with running calls may continue to use its session.
    for (const requestId of [1, 2])
      await wire.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
    await closed;
    await wire.end();
    expect(wire.response.complete).toBe(true);
  });

  it('carries a result of 8 MiB, and answers a larger one with an error', async () => {
    await start();
    const wire = await open();
    await wire.initialize();
    const huge = (id: string, length: number) =>
      wire.call(id, 'tools/call', { name: 'huge', arguments: { length } });
    const length = 8 * 1024 * 1024 - 100;
    await expect(huge('whole', length)).resolves.toMatchObject({
      result: { content: [{ text: 'x'.repeat(length) }] },
    });
    await expect(huge('over', length + 200)).resolves.toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining('too large') }] },
    });
    await expect(wire.call('after', 'ping')).resolves.toMatchObject({ result: {} });
    wire.close();
    await app.close();
  });

  it('ends for a client that does not read, and for no other client', async () => {
    await start();
    const [stuck, other] = [await open(), await open()];
    await Promise.all([stuck.initialize(), other.initialize()]);
    stuck.response.pause();
    const call = {
      jsonrpc: '2.0',
      method: 'tools/call',
      params: { name: 'huge', arguments: { length: 4e6 } },
    };
    let status = 202;
    for (let id = 1; status !== 404 && id < 50; id++)
      ({ status } = await stuck.post({ ...call, id }));
    expect(status).toBe(404);
    await expect(other.call('alive', 'ping')).resolves.toMatchObject({ result: {} });
    stuck.response.resume();
    for (const wire of [stuck, other]) wire.close();
    await app.close();
  });

  it('ends calls that outlast the drain with an error, and aborts their signal', async () => {
    await start({ drain: '50ms' });
    const wire = await open();
    await wire.initialize();
    await wire.post({ ...WAIT, id: 1 });
    const probe = app.get(ProbeTools);
    await probe.running(1);
    await app.close();
    await expect(wire.answer(1)).resolves.toMatchObject({
      error: { code: -32603, message: 'Server shutting down' },
    });
    expect(probe.waiting[0]?.reason).toEqual(new Error('Server shutting down'));
    await wire.end();
  });
});

describe('the limits on streams', () => {
  it('return 503 when the process is full, and admit the next client when one has left', async () => {
    const { app, url } = await startApp({
      mcp: { limits: { streams: 2 } },
      providers: [ProbeTools],
    });
    const sse = new URL('/sse', url);
    const [first, second] = [await SseWire.open(sse), await SseWire.open(sse)];
    await Promise.all([first.endpoint(), second.endpoint()]);
    const full = await send('GET', sse);
    expect(full).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(full.body)).toMatchObject({ error: { code: -32603 } });
    first.close();
    await sessionsOf(app).until((size) => size === 1);
    const third = await SseWire.open(sse);
    await third.endpoint();
    for (const wire of [second, third]) wire.close();
    await app.close();
  });

  it('return 429 to an address that has too many streams, and to no other address', async () => {
    const { app, url } = await startApp({
      mcp: { limits: { streamsPerAddress: 1 } },
      providers: [ProbeTools],
      configure: (nest) => {
        (nest.getHttpAdapter().getInstance() as { set(name: string, value: boolean): void }).set(
          'trust proxy',
          true,
        );
      },
    });
    const sse = new URL('/sse', url);
    const first = await SseWire.open(sse, from('192.0.2.1'));
    await first.endpoint();
    const again = await send('GET', sse, from('192.0.2.1'));
    expect(again).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    const other = await SseWire.open(sse, from('192.0.2.2'));
    await other.endpoint();
    first.close();
    await sessionsOf(app).until((size) => size === 1);
    const back = await SseWire.open(sse, from('192.0.2.1'));
    await back.endpoint();
    for (const wire of [other, back]) wire.close();
    await app.close();
  });
});

function from(address: string): Record<string, string> {
  return { 'x-forwarded-for': address };
}
