import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

describe('an idle stream', () => {
  let app: INestApplication;
  afterEach(() => app.close());

  const open = async (mcp: Parameters<typeof startApp>[0]['mcp']) => {
    const running = await startApp({ providers: [ProbeTools], mcp });
    app = running.app;
    return async () => SseWire.open(new URL('/sse', running.url));
  };

  it('receives keep-alive comments at the configured interval', async () => {
    const stream = await open({ transports: { sse: { keepAlive: 5 } } });
    const wire = await stream();
    await wire.until(() => wire.raw.match(/(?:: keep-alive\n\n){3}/)?.[0]);
    expect(wire.messages).toEqual([]);
    wire.close();
  });

  it('is ended when its client misses the initialization deadline, and stays open when it does not', async () => {
    const stream = await open({ limits: { initializeWithin: '100ms' } });
    const initialized = await stream();
    await initialized.initialize();
    const silent = await stream();
    await silent.endpoint();
    await silent.end();
    expect(silent.response.complete).toBe(true);
    await expect(initialized.call(1, 'ping')).resolves.toMatchObject({ result: {} });
    initialized.close();
    silent.close();
  });
});
