import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

describe.each(PLATFORMS)('the wire of HTTP+SSE on %s', (platform) => {
  let app: INestApplication;
  let wire: SseWire;

  beforeAll(async () => {
    const running = await startApp({ platform, providers: [ProbeTools] });
    app = running.app;
    wire = await SseWire.open(new URL('/sse', running.url));
  });

  afterAll(async () => {
    wire.close();
    await app.close();
  });

  it('opens as an event stream that no proxy may store or buffer', () => {
    expect(wire.status).toBe(200);
    expect(wire.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': expect.stringContaining('no-cache'),
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
  });

  it('sends the endpoint event within 50 ms', async () => {
    const times: number[] = [];
    for (let run = 0; run < 9; run++) {
      const began = performance.now();
      const other = await SseWire.open(wire.url);
      await other.endpoint();
      times.push(performance.now() - began);
      other.close();
    }
    expect(times.toSorted((a, b) => a - b)[4]).toBeLessThan(50);
  });

  it('sends exact bytes: the endpoint first, then one message event per message', async () => {
    await wire.initialize('2024-11-05');
    await wire.call(1, 'tools/call', { name: 'echo', arguments: { input: 'hi' } });
    const sessionId = (await wire.endpoint()).searchParams.get('sessionId');
    expect(sessionId).toMatch(/^[\w-]{22}$/);
    expect(wire.raw).toBe(
      [
        '',
        'event: endpoint',
        `data: /messages?sessionId=${sessionId}`,
        '',
        ': open',
        '',
        'event: message',
        'data: {"jsonrpc":"2.0","id":"initialize","result":{"protocolVersion":"2024-11-05","capabilities":{"logging":{},"tools":{"listChanged":true}},"serverInfo":{"name":"test","version":"1.2.3"}}}',
        '',
        'event: message',
        'data: {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hi"}]}}',
        '',
        '',
      ].join('\n'),
    );
  });

  it('answers a POST with 202 and an empty body as soon as the message is accepted', async () => {
    const answer = await wire.post({ jsonrpc: '2.0', id: 'receipt', method: 'ping' });
    expect(answer).toMatchObject({ status: 202, body: '' });
    await expect(wire.answer('receipt')).resolves.toMatchObject({ result: {} });
  });

  it('answers that POST before the first line of the tool runs', async () => {
    await expect(wire.call('r', 'tools/call', { name: 'receipt' })).resolves.toMatchObject({
      result: { content: [{ text: 'answered' }] },
    });
  });

  it('sends progress, results and errors as one data line each', async () => {
    await wire.call(2, 'tools/call', {
      name: 'count',
      arguments: { to: 2 },
      _meta: { progressToken: 'p' },
    });
    await wire.call(3, 'tools/call', { name: 'nobody' });
    const lines = wire.raw.split('\n').filter((line) => line.startsWith('data: {'));
    expect(lines).toContain(
      'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":1,"total":2,"message":"step 1"}}',
    );
    expect(lines).toContain(
      `data: {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"Unknown tool: 'nobody'"}}`,
    );
  });
});
