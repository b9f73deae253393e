import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { McpContext, McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const SERVERS = ['default', 'admin', 'slow'];

@Injectable()
class Order {
  readonly events: string[] = [];
}

/** A dependency of tools, which must not be destroyed before them. */
@Injectable()
class Database implements OnModuleDestroy {
  constructor(private readonly order: Order) {}

  onModuleDestroy(): void {
    this.order.events.push('database gone');
  }
}

@McpToolType({ server: SERVERS })
class WorkTools {
  private begun = 0;
  private readonly gate = deferred();
  private readonly all = deferred();

  constructor(private readonly order: Order) {}

  @McpTool()
  async work(): Promise<string> {
    this.count();
    await this.gate.promise;
    this.order.events.push('worked');
    return 'done';
  }

  @McpTool()
  async hang({ signal }: McpContext): Promise<void> {
    this.count();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    this.order.events.push('cut');
  }

  finish(): void {
    this.gate.resolve();
  }

  /** Resolves when a call runs on each server. */
  async running(): Promise<void> {
    await this.all.promise;
  }

  private count(): void {
    this.begun++;
    if (this.begun === SERVERS.length) this.all.resolve();
  }
}

describe.each(PLATFORMS)('several servers that shut down, on %s', (platform) => {
  const start = async (drain: '10s' | '1s') => {
    const identity = { name: 'x', version: '1', drain } as const;
    const { app, url } = await startApp({
      platform,
      mcp: { drain },
      imports: [
        McpModule.forRoot({ ...identity, server: 'admin', path: 'admin' }),
        McpModule.forRoot({ ...identity, server: 'slow', path: 'slow/:id' }),
      ],
      providers: [Order, Database, WorkTools],
    });
    const paths = ['/sse', '/admin/sse', '/slow/1/sse'];
    const wires = await Promise.all(paths.map((path) => SseWire.open(new URL(path, url))));
    for (const wire of wires) await wire.initialize();
    const callAll = async (name: string): Promise<void> => {
      for (const wire of wires)
        await wire.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } });
      await app.get(WorkTools).running();
    };
    return { app, url, paths, wires, callAll, order: app.get(Order) };
  };

  it('all stop admitting clients at once, and let their calls end before anything is destroyed', async () => {
    const { app, url, paths, wires, callAll, order } = await start('10s');
    await callAll('work');
    const closed = app.close();
    for (const path of paths)
      await expect(send('GET', new URL(path, url))).resolves.toMatchObject({ status: 503 });
    app.get(WorkTools).finish();
    for (const wire of wires)
      await expect(wire.answer(1)).resolves.toMatchObject({
        result: { content: [{ text: 'done' }] },
      });
    await closed;
    for (const wire of wires) {
      await wire.end();
      expect(wire.response.complete).toBe(true);
      wire.close();
    }
    expect(order.events).toEqual(['worked', 'worked', 'worked', 'database gone']);
  });

  it('share one drain period, instead of one after the other', async () => {
    const { app, wires, callAll, order } = await start('1s');
    await callAll('hang');
    const began = performance.now();
    await app.close();
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(990);
    expect(took).toBeLessThan(2_000);
    for (const wire of wires) {
      await expect(wire.answer(1)).resolves.toMatchObject({ error: { code: -32_603 } });
      wire.close();
    }
    expect(order.events).toEqual(['cut', 'cut', 'cut', 'database gone']);
  });
});
