import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { INestApplication, Type } from '@nestjs/common';
import { McpRegistry } from '@nestmcp/core';
import { EVERY_TOOL, EveryClientTools } from '../support/app/clients/every-client.tools.js';
import * as groups from '../schema/groups.dto.js';
import * as scalars from '../schema/scalars.dto.js';
import * as shapes from '../schema/shapes.dto.js';
import { startApp } from '../support/app/test-app.js';

/** The file that `npx mcp-inspector` runs. npm itself takes longer than the call. */
const INSPECTOR = resolve('node_modules/.bin/mcp-inspector');

const WAYS = [
  ['/mcp', [], '2025-11-25'],
  ['/sse', [], '2025-11-25'],
  ['/mcp', ['--protocol-era', 'modern'], '2026-07-28'],
] as const;

/** A tool that takes and returns it, for each DTO of the schema tests. */
const DTOS: readonly Type[] = [groups, scalars, shapes].flatMap((file) =>
  Object.values<Type>(file),
);

describe('the official inspector on the command line', () => {
  let app: INestApplication;
  let url: URL;
  let home: string;

  beforeAll(async () => {
    ({ app, url } = await startApp({ providers: [EveryClientTools] }));
    home = await mkdtemp(join(tmpdir(), 'inspector-'));
  });

  afterAll(async () => {
    (app.getHttpServer() as Server).closeAllConnections();
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  async function inspect(path: string | URL, ...args: readonly string[]): Promise<unknown> {
    const target = new URL(path, url).href;
    const { stdout } = await promisify(execFile)(INSPECTOR, ['--cli', target, ...args], {
      env: { ...process.env, HOME: home, npm_config_update_notifier: 'false' },
    });
    return JSON.parse(stdout) as unknown;
  }

  const call = (path: string, tool: string, ...args: readonly string[]) =>
    inspect(path, '--method', 'tools/call', '--tool-name', tool, ...args);

  it.each(WAYS)(
    'lists and calls at %s with flags %j',
    async (path, flags, revision) => {
      const [list, echo, spoken] = await Promise.all([
        inspect(path, '--method', 'tools/list', ...flags),
        call(path, 'echo', '--tool-arg', 'input=héllo', ...flags),
        call(path, 'revision', ...flags),
      ]);
      const { tools } = list as { tools: { name: string }[] };
      expect(tools.map(({ name }) => name)).toEqual(EVERY_TOOL);
      expect(echo).toMatchObject({ content: [{ type: 'text', text: 'héllo' }] });
      expect(spoken).toMatchObject({ content: [{ type: 'text', text: revision }] });
    },
    60_000,
  );

  it.each([
    ['without sessions', { sessions: false }],
    ['with JSON alone', { json: true }],
  ])(
    'lists and calls at a server %s',
    async (_, streamableHttp) => {
      const mcp = { transports: { sse: false, streamableHttp } };
      const other = await startApp({ providers: [EveryClientTools], mcp });
      const target = new URL('/mcp', other.url);
      const revision = ['--method', 'tools/call', '--tool-name', 'revision'];
      const [list, spoken, statelessRequest] = await Promise.all([
        inspect(target, '--method', 'tools/list'),
        inspect(target, ...revision),
        inspect(target, ...revision, '--protocol-era', 'modern'),
      ]);
      expect(list).toMatchObject({ tools: EVERY_TOOL.map((name) => ({ name })) });
      expect(spoken).toMatchObject({ content: [{ type: 'text', text: '2025-11-25' }] });
      expect(statelessRequest).toMatchObject({ content: [{ type: 'text', text: '2026-07-28' }] });
      (other.app.getHttpServer() as Server).closeAllConnections();
      await other.app.close();
    },
    60_000,
  );

  it('finds nothing that a model could not use in the schema of any DTO', async () => {
    const registry = app.get(McpRegistry);
    const names = DTOS.map(({ name }, index) => `dto_${index}_${name}`);
    registry.edit((edit) => {
      for (const [index, type] of DTOS.entries())
        edit
          .tool(names[index] ?? '')
          .input(type)
          .output(type)
          .handle((given) => given);
    });
    const strict = ['--method', 'tools/list', '--strict', '--format', 'json'];
    const { result, schemaFindings } = (await inspect('/mcp', ...strict)) as {
      result: { tools: { name: string }[] };
      schemaFindings?: unknown;
    };
    expect(result.tools.map(({ name }) => name)).toEqual([...EVERY_TOOL, ...names]);
    expect(schemaFindings).toBeUndefined();
  }, 60_000);
});
