import type { INestApplication } from '@nestjs/common';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

@McpToolType()
class HeedingTools {
  private started = (): void => undefined;
  readonly running = new Promise<void>((resolve) => (this.started = resolve));

  /** The usual way to handle a signal: reject with its reason. */
  @McpTool()
  async heed({ signal }: McpContext): Promise<never> {
    this.started();
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  @McpTool()
  forge(): never {
    throw new Error(`\u001b[32mgreen\u001b[0m ${'x'.repeat(100_000)}`);
  }
}

describe('the log', () => {
  let app: INestApplication;
  let wire: SseWire;
  const logged: string[] = [];
  const keep = (...words: unknown[]): void => void logged.push(words.map(String).join(' '));

  beforeEach(async () => {
    logged.length = 0;
    const logger = { log: () => undefined, warn: keep, error: keep };
    const running = await startApp({ providers: [HeedingTools], logger });
    app = running.app;
    wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
  });

  afterEach(async () => {
    wire.close();
    await app.close();
  });

  const heed = async () => {
    await wire.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'heed' } });
    await app.get(HeedingTools).running;
  };

  it('omits cancelled calls, and the reason that the client sent', async () => {
    await heed();
    const reason = `x\n\u001b[32m[Nest] LOG admin logged in\u001b[0m token=SECRET${'y'.repeat(100_000)}`;
    await wire.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 1, reason },
    });
    await wire.call('after', 'ping');
    expect(logged).toEqual([]);
  });

  it('omits calls whose client disconnected', async () => {
    await heed();
    wire.close();
    await app.close();
    expect(logged).toEqual([]);
  });

  it('has no terminal escapes, and a limited part of a stack', async () => {
    await wire.call(1, 'tools/call', { name: 'forge' });
    expect(logged).toHaveLength(1);
    // oxlint-disable-next-line no-control-regex -- control characters are what the test searches for
    expect(logged[0]).not.toMatch(/\u001b/);
    expect(logged[0]?.length).toBeLessThan(9_000);
  });
});
