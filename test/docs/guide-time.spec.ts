import type { Type } from '@nestjs/common';
import type { McpTestClient } from '@nestmcp/testing';
import { guideOf } from '../support/fixtures/guide.js';

interface Reports {
  readonly ended: string[];
}

/** Starts a call of `render`. The test reads the outcome from its signal. */
async function beginRendering(client: McpTestClient, signal?: AbortSignal): Promise<void> {
  client.sdk.callTool({ name: 'render' }, undefined, signal && { signal }).catch(() => undefined);
  await client.sdk.ping();
}

describe('the guide to cancellation and timeouts', () => {
  const { load, app, start, connect } = guideOf('docs/guides/cancellation-and-timeouts.md');
  const { ReportsTools } = load('src/reports.tools.ts') as { ReportsTools: Type<Reports> };
  const { LateService } = load('src/late.service.ts') as {
    LateService: Type<{ late(): number }>;
  };
  const { AppModule } = load('src/app.module.ts') as { AppModule: Type };

  /** The reasons that signals fired with, once there is one. */
  async function reasons(): Promise<string[]> {
    const { ended } = app().get(ReportsTools);
    while (ended.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return ended;
  }

  it('reports when a client cancels, and why', async () => {
    await start(AppModule);
    const controller = new AbortController();
    await beginRendering(await connect(), controller.signal);
    controller.abort('enough');
    expect(await reasons()).toEqual(['The client cancelled the call: enough']);
  });

  it('reports when a client disconnects', async () => {
    await start(AppModule);
    const client = await connect();
    await beginRendering(client);
    await client.close();
    expect(await reasons()).toEqual(['The client left']);
  });

  it('answers a call that takes too long with the message of its signal', async () => {
    await start(AppModule);
    const client = await connect();
    await expect(client.callText('render')).rejects.toThrow("Tool 'render' timed out after 1 s");
    expect(await reasons()).toEqual(["Tool 'render' timed out after 1 s"]);
    await client.sdk.ping();
    expect(app().get(LateService).late()).toBe(1);
  });

  it('lets a call that sends progress take longer than its timeout, up to the maximum', async () => {
    await start(AppModule);
    const client = await connect();
    await expect(client.callText('render_all', { count: 4 })).resolves.toBe('rendered 4');
    await expect(client.callText('render_all', { count: 50 })).rejects.toThrow('timed out');
  });

  it('runs, queues and refuses as many calls as it says', async () => {
    await start(AppModule);
    const client = await connect();
    const calls = await Promise.allSettled([1, 2, 3].map(() => client.callText('print')));
    expect(calls).toEqual([
      { status: 'fulfilled', value: 'printed' },
      { status: 'fulfilled', value: 'printed' },
      {
        status: 'rejected',
        reason: new Error(
          "Tool 'print' is busy: too many calls are waiting for it. Try again later.",
        ),
      },
    ]);
  });

  it('aborts the remaining calls when the drain is over', async () => {
    await start(AppModule);
    const client = await connect();
    const failure = client.callText('render').catch((error: unknown) => error);
    await client.sdk.ping();
    const { ended } = app().get(ReportsTools);
    await app().close();
    expect(await failure).toMatchObject({
      code: -32_603,
      message: expect.stringContaining('Server shutting down'),
    });
    expect(ended).toEqual(['Server shutting down']);
  });
});
