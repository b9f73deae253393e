import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Type } from '@nestjs/common';
import { McpRegistry } from '@nestmcp/core';
import { guideOf } from '../support/fixtures/guide.js';

interface Reports {
  announce(id: string): void;
}

describe('the guide to tools at run time', () => {
  const { load, app, start, connect } = guideOf('docs/guides/tools-at-run-time.md');
  const period = { from: '2026-01-01', until: '2026-01-31' };

  it('adds tools with a guard, a schema and a hint', async () => {
    await start(load('src/app.module.ts').AppModule);
    const clerk = await connect({ 'x-roles': 'clerk' });
    const [revenue] = await clerk.listTools();
    expect(revenue).toMatchObject({
      name: 'report_revenue',
      description: 'Revenue of a period',
      inputSchema: { required: ['from', 'until'] },
      annotations: { readOnlyHint: true },
    });
    expect(await clerk.callText('report_visits', period)).toBe(
      'visits from 2026-01-01 to 2026-01-31',
    );
    await expect(clerk.callText('report_revenue', period)).rejects.toThrow('Forbidden resource');
    await expect(clerk.callText('report_visits', { from: 'x' })).rejects.toThrow(
      'Invalid arguments',
    );
  });

  it('replaces a tool together with its guard, and notifies clients', async () => {
    await start(load('src/app.module.ts').AppModule);
    const client = await connect({ 'x-roles': 'accountant' });
    const told = new Promise((resolve) =>
      client.sdk.setNotificationHandler(ToolListChangedNotificationSchema, resolve),
    );
    app()
      .get(load('src/reports.service.ts').ReportsService as Type<Reports>)
      .announce('revenue');
    await told;
    expect(await client.callText('report_revenue')).toBe('This report is being rebuilt.');
    const clerk = await connect({ 'x-roles': 'clerk' });
    await expect(clerk.callText('report_revenue')).rejects.toThrow('Forbidden resource');
    expect(app().get(McpRegistry, { strict: false }).list()).toEqual([
      { name: 'report_revenue', isEnabled: true },
      { name: 'report_visits', isEnabled: true },
    ]);
  });
});

describe('the guide to tools by caller', () => {
  const { load, start, connect } = guideOf('docs/guides/tools-by-caller.md');

  it('hides a tool from a caller without its role, and refuses it as unknown', async () => {
    await start(load('src/app.module.ts').AppModule);
    const clerk = await connect();
    expect((await clerk.listTools()).map(({ name }) => name)).toEqual(['count_open']);
    await expect(clerk.callTool('write_off')).rejects.toThrow(
      "MCP error -32602: Unknown tool: 'write_off'",
    );
    const accountant = await connect({ 'x-roles': 'accountant' });
    expect((await accountant.listTools()).map(({ name }) => name)).toEqual([
      'count_open',
      'write_off',
    ]);
    expect(await accountant.callText('write_off')).toBe('written off');
  });
});
