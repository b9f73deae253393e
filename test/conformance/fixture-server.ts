import type { StreamableHttpTransportOptions } from '@nestmcp/core';
import { startChild } from './child.js';

export const PLATFORMS = ['express', 'fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface Fixture {
  readonly url: URL;
  end(): Promise<void>;
}

/** Starts the application under test, and waits until it listens. It ends when `signal` fires. */
export async function startFixture(
  platform: Platform,
  signal: AbortSignal,
  streamableHttp: StreamableHttpTransportOptions = {},
): Promise<Fixture> {
  const options = JSON.stringify(streamableHttp);
  const child = startChild(new URL('fixture/main.ts', import.meta.url), [platform, options]);
  signal.addEventListener('abort', () => child.end());
  const ended = child.exit.then((code): never => {
    throw new Error(`The application under test ended with ${code}:\n${child.output()}`);
  });
  ended.catch(() => undefined);
  const url = new URL(await Promise.race([child.firstLine, ended]));
  url.hostname = 'localhost';
  return {
    url,
    async end() {
      child.end();
      await child.exit;
    },
  };
}
