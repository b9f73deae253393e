import type { INestApplication } from '@nestjs/common';
import request from 'supertest';
import { startDemo } from '../support/app/demo-process.js';
import { SseWire } from '../support/wire/sse-wire.js';

const START = Date.UTC(2026, 0, 1);
const TIMES = Array.from({ length: 10 }, (_, tick) => new Date(START + tick * 1_000).toISOString());

/** Sockets use real timers. Only the interval of the clock and its time are fake. */
const REAL = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
] as const;

/** Advances a second for each tick, except the first, and waits until each has been sent. */
async function receive(wire: SseWire, firstId: number, lastId: number): Promise<void> {
  for (let id = firstId; id <= lastId; id++) {
    await jest.advanceTimersByTimeAsync(id === firstId ? 0 : 1_000);
    await wire.until(() => wire.raw.includes(`id: ${id}\ndata: `) || undefined);
  }
}

describe('the clock of the demo', () => {
  let app: INestApplication;
  let clock: URL;

  beforeEach(async () => {
    const demo = await startDemo();
    app = demo.app;
    clock = new URL('/clock', demo.url);
    jest.useFakeTimers({ now: START, doNotFake: [...REAL] });
  });

  afterEach(async () => {
    jest.useRealTimers();
    await app.close();
  });

  it('streams ten ticks, one a second from the start, and ends', async () => {
    const wire = await SseWire.open(clock);
    await receive(wire, 1, 10);
    await wire.end();
    expect(wire.raw).toBe(
      `\n${TIMES.map((time, tick) => `id: ${tick + 1}\ndata: ${time}\n\n`).join('')}`,
    );
    expect(wire.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': expect.stringContaining('no-cache'),
      connection: 'keep-alive',
    });
    wire.close();
  });

  it('sends the remaining ticks to a client that reconnects, and no tick twice', async () => {
    const wire = await SseWire.open(clock, { 'last-event-id': '8' });
    await receive(wire, 9, 10);
    await wire.end();
    expect(wire.raw.match(/^id: .*$/gm)).toEqual(['id: 9', 'id: 10']);
    wire.close();
  });

  it('stops a client that has all ten from reconnecting', async () => {
    await request(app.getHttpServer()).get('/clock').set('last-event-id', '10').expect(204);
  });

  it.each(['11', '-1', '1e1', 'ten', ''])(
    'starts from the beginning for the unknown id %j',
    async (id) => {
      const wire = await SseWire.open(clock, { 'last-event-id': id });
      await receive(wire, 1, 1);
      wire.close();
    },
  );

  it('ends open streams when the application closes, and does not wait for their connections', async () => {
    const wire = await SseWire.open(clock);
    await receive(wire, 1, 1);
    await app.close();
    await wire.end();
    expect(wire.raw).toContain(TIMES[0]);
    wire.close();
  });

  it('returns the time as JSON to a client that does not stream', async () => {
    await request(app.getHttpServer()).get('/clock/now').expect(200, { now: TIMES[0] });
  });
});
