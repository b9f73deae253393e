import type { INestApplication } from '@nestjs/common';
import { InMemoryBackplane, InMemoryBackplaneHub } from '@nestmcp/core';
import { ProbeTools } from '../fixtures/probe.tools.js';
import { startApp, type TestAppOptions } from './test-app.js';

/** One of several processes that serve the same server, simulated within one process. */
export interface TestNode {
  readonly app: INestApplication;
  readonly url: URL;
  readonly tools: ProbeTools;
}

export interface TestNodes {
  readonly start: (options?: TestAppOptions) => Promise<TestNode>;
}

/** Nodes that share the data of the hub. All are closed after each test. */
export function nodes(
  hubOf: () => InMemoryBackplaneHub = () => new InMemoryBackplaneHub(),
): TestNodes {
  let hub = hubOf();
  const running: INestApplication[] = [];

  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
    hub = hubOf();
  });

  return {
    async start({ mcp = {}, ...options } = {}) {
      const { app, url } = await startApp({
        // Without the feature of tools, the decorators of a tool have no effect.
        providers: options.features === undefined ? [ProbeTools] : [],
        ...options,
        // These tests count every progress message.
        mcp: {
          backplane: new InMemoryBackplane(hub),
          ...mcp,
          limits: { progressPerSecond: 10_000, ...mcp.limits },
        },
      });
      running.push(app);
      return {
        app,
        url,
        get tools() {
          return app.get(ProbeTools);
        },
      };
    },
  };
}
