import type { INestApplication } from '@nestjs/common';
import { type HttpAnswer, send } from '../sse-wire.js';
import { type Platform, type RunningApp, startApp, type TestAppOptions } from '../test-app.js';
import { ToolClient } from './tool-client.js';

/** One application for each test of a `describe`, and its clients; all are closed after the test. */
export interface Harness {
  readonly start: (options: TestAppOptions) => Promise<RunningApp>;
  readonly connect: (headers?: Record<string, string>) => Promise<ToolClient>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<HttpAnswer>;
}

export function harness(platform: Platform): Harness {
  const clients: ToolClient[] = [];
  let running: RunningApp | undefined;

  const url = (): URL => {
    if (running === undefined) throw new Error('start() comes first');
    return running.url;
  };

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    const app: INestApplication | undefined = running?.app;
    running = undefined;
    await app?.close();
  });

  return {
    async start(options) {
      running = await startApp({ platform, ...options });
      return running;
    },
    async connect(headers) {
      const client = await ToolClient.connect(url(), headers);
      clients.push(client);
      return client;
    },
    get: (path, headers) => send('GET', new URL(path, url()), headers),
  };
}
