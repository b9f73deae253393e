import { once } from 'node:events';
import type { OnModuleDestroy } from '@nestjs/common';
import { McpTool, McpToolType } from '@nestmcp/core';
import { ApplicationShutdown } from '../../libs/core/src/application/application-shutdown.js';
import { deferred } from '../support/deferred.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { call, STATELESS, StdioWire, stdioHarness, textOf } from '../support/wire/stdio-wire.js';

describe('the shutdown', () => {
  const start = stdioHarness();

  it('waits for running calls, answers them, and then destroys the providers', async () => {
    const begun = deferred();
    const leaving = deferred();

    @McpToolType()
    class QueryTools implements OnModuleDestroy {
      private isOpen = true;

      @McpTool()
      async query(): Promise<string> {
        begun.resolve();
        await leaving.promise;
        return this.isOpen ? 'rows' : 'the database is closed';
      }

      onModuleDestroy(): void {
        this.isOpen = false;
      }
    }
    const wire = await start({ providers: [QueryTools] });
    await wire.initialize();
    wire.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call('query') });
    await begun.promise;
    wire.input.end();
    await once(wire.input, 'close');
    leaving.resolve();
    await wire.done;
    expect(textOf(await wire.answer(1))).toBe('rows');
  });

  it('refuses requests after the drain, because the providers are being destroyed', async () => {
    const wire = await start({ providers: [ProbeTools] });
    await wire.initialize();
    await wire.app.get(ApplicationShutdown, { strict: false }).drain();
    const params = call('echo', { input: 'x' });
    wire.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    wire.send({
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { ...params, _meta: STATELESS },
    });
    for (const id of [1, 2])
      expect(await wire.answer(id)).toMatchObject({
        error: { code: -32603, message: 'Server shutting down' },
      });
    expect(wire.app.get(ProbeTools, { strict: false }).echoed).toEqual([]);
  });

  it('aborts calls that outlast the drain, with an error', async () => {
    const wire = await start({ providers: [ProbeTools], mcp: { drain: 1 } });
    await wire.initialize();
    wire.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call('wait') });
    wire.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: call('wait', {}, STATELESS) });
    await wire.end();
    for (const id of [1, 2])
      expect(await wire.answer(id)).toMatchObject({ error: { message: 'Server shutting down' } });
  });

  it('begins when the client stops reading, and cancels running calls', async () => {
    const wire = await start({ providers: [ProbeTools] });
    const probe = wire.app.get(ProbeTools, { strict: false });
    await wire.initialize();
    wire.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call('wait') });
    wire.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: call('wait', {}, STATELESS) });
    await probe.running(2);
    wire.output.destroy();
    await wire.done;
    expect(probe.waiting.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});

describe('the start', () => {
  it('fails for an unknown server', async () => {
    await expect(StdioWire.start({ options: { server: 'admin' } })).rejects.toThrow(
      "MCP039 runStdio() was asked for the server 'admin'",
    );
  });

  it('fails with a report of all invalid tools', async () => {
    await expect(
      StdioWire.start({ providers: [ProbeTools, { provide: 'again', useClass: ProbeTools }] }),
    ).rejects.toThrow('MCP001');
  });
});
