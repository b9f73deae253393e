import type { INestApplication } from '@nestjs/common';
import request from 'supertest';
import { startDemo } from '../support/app/demo-process.js';
import { SseWire } from '../support/wire/sse-wire.js';

const START = Date.UTC(2026, 0, 1);
const TIMES = Array.from({ length: 10 }, (_, tick) => new Date(START + tick * 1_000).toISOString());

/** What sockets need stays real: only the pace of the clock, and the time it tells, are ours. */
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

/** Lets a second pass for each tick, the first at once, and waits until each is on the wire. */
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

  it('streams ten times, one a second from the first moment on, and ends', async () => {
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

  it('gives a client that lost its connection the rest, and nothing twice', async () => {
    const wire = await SseWire.open(clock, { 'last-event-id': '8' });
    await receive(wire, 9, 10);
    await wire.end();
    expect(wire.raw.match(/^id: .*$/gm)).toEqual(['id: 9', 'id: 10']);
    wire.close();
  });

  it('tells a client that has all ten not to come back', async () => {
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

  it('tells the time as JSON to those who ask once', async () => {
    await request(app.getHttpServer()).get('/clock/now').expect(200, { now: TIMES[0] });
  });
});
