import type { INestApplication, LoggerService, Provider, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { listeningUrl, McpTestClient } from '@nestmcp/testing';
import { codeOf, type Load, loaderOf } from './markdown-code.js';

/** A guide, whose code can be loaded and started; after each test its application and clients are closed. */
export interface Guide {
  readonly load: Load;
  /** What was logged as an error. */
  readonly errors: readonly string[];
  /** The application that runs. */
  readonly app: () => INestApplication;
  readonly start: (module: unknown, ...providers: readonly unknown[]) => Promise<void>;
  readonly connect: (headers?: Record<string, string>) => Promise<McpTestClient>;
}

export function guideOf(markdown: string): Guide {
  const clients: McpTestClient[] = [];
  const errors: string[] = [];
  const logger: LoggerService = {
    log: () => undefined,
    warn: () => undefined,
    error: (...words: unknown[]) => void errors.push(words.map(String).join('\n')),
  };
  let running: INestApplication | undefined;

  const app = (): INestApplication => {
    if (running === undefined) throw new Error('start() comes first');
    return running;
  };

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await running?.close();
    running = undefined;
  });

  return {
    load: loaderOf(codeOf(markdown)),
    errors,
    app,
    async start(module, ...providers) {
      const imports = [module as Type];
      const testing = await Test.createTestingModule({
        imports,
        providers: providers as Provider[],
      })
        .setLogger(logger)
        .compile();
      running = testing.createNestApplication();
      await listeningUrl(running);
    },
    async connect(headers = {}) {
      const client = await McpTestClient.over(app(), 'sse', { headers });
      clients.push(client);
      return client;
    },
  };
}
