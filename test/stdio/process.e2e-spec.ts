import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as TransportV2 } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { STATELESS } from '../support/wire/stdio-wire.js';

const ARGS = [
  join(__dirname, '../support/app/run-ts.cjs'),
  join(__dirname, '../support/app/stdio-app.ts'),
];
const PARAMS = { command: process.execPath, args: ARGS, stderr: 'pipe' as const };

const nothing = (): void => undefined;

jest.setTimeout(60_000);

describe('an application that a client starts', () => {
  const clients: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(clients.splice(0).map(async (client) => client.close())));

  it('serves the official client of session revisions', async () => {
    const client = new Client({ name: 'v1', version: '1' });
    clients.push(client);
    await client.connect(new StdioClientTransport(PARAMS));
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['echo', 'count', 'finish', 'wait']);
    const told: number[] = [];
    // This client drops progress that arrives in one chunk with the response, so the response waits for it.
    const onprogress = ({ progress }: { progress: number }): void => {
      told.push(progress);
      if (progress === 3) void client.callTool({ name: 'finish' });
    };
    const params = { name: 'count', arguments: { to: 3 } };
    await expect(client.callTool(params, undefined, { onprogress })).resolves.toMatchObject({
      content: [{ text: 'done' }],
    });
    expect(told).toEqual([1, 2, 3]);
    await expect(
      client.callTool({ name: 'echo', arguments: { input: 'hi' } }),
    ).resolves.toMatchObject({ content: [{ text: 'hi' }] });
  });

  it('serves the official client of 2026-07-28', async () => {
    const client = new ClientV2(
      { name: 'v2', version: '2' },
      { versionNegotiation: { mode: 'auto' } },
    );
    clients.push(client);
    await client.connect(new TransportV2(PARAMS));
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(4);
    await expect(
      client.callTool({ name: 'echo', arguments: { input: 'hi' } }),
    ).resolves.toMatchObject({ content: [{ text: 'hi' }] });
  });
});

describe('its process', () => {
  let child: ChildProcessWithoutNullStreams;
  let out = '';
  let errors = '';
  let arrived = nothing;

  const start = (env: NodeJS.ProcessEnv = {}): void => {
    out = '';
    errors = '';
    child = spawn(process.execPath, ARGS, { env: { ...process.env, ...env } });
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      arrived();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8');
      arrived();
    });
  };
  const until = async (found: () => boolean): Promise<void> => {
    while (!found()) await new Promise<void>((go) => (arrived = go));
  };
  const callTool = (id: number, name: string, args: object = {}): void => {
    const params = { name, arguments: args, _meta: STATELESS };
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params })}\n`);
  };
  const exit = async (): Promise<unknown> => {
    const [code] = (await once(child, 'close')) as unknown[];
    return code;
  };
  const messages = (): { id?: number }[] =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id?: number });

  afterEach(() => {
    if (child.exitCode === null) child.kill('SIGKILL');
  });

  it('writes only messages to stdout, and all output of the application to stderr', async () => {
    start({ CLOSES: 'yes' });
    child.stdin.write('no message\n');
    callTool(1, 'echo', { input: 'called' });
    await until(() => messages().some(({ id }) => id === 1));
    child.stdin.end();
    expect(await exit()).toBe(0);
    expect(messages().map(({ id }) => id)).toEqual([undefined, 1]);
    for (const what of ['constructed', 'called', 'destroyed'])
      for (const way of ['console', 'stdout', 'logger', 'error'])
        expect(errors).toContain(`${way}: ${what}`);
    expect(errors).toMatch(/chatty: 4 tools at stdio\n/);
  });

  it('answers requests that arrived before the end of stdin', async () => {
    start({ CLOSES: 'yes' });
    callTool(1, 'echo', { input: 'a' });
    callTool(2, 'echo', { input: 'b' });
    child.stdin.end();
    expect(await exit()).toBe(0);
    expect(messages().map(({ id }) => id)).toEqual([1, 2]);
  });

  it('ends, even when the application leaves something open', async () => {
    start();
    child.stdin.end();
    expect(await exit()).toBe(0);
    expect(errors).toContain('destroyed');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'shuts down cleanly at %s, and aborts running calls at the second one',
    async (signal) => {
      start({ CLOSES: 'yes' });
      callTool(1, 'wait');
      await until(() => errors.includes('waiting'));
      child.kill(signal);
      await until(() => errors.includes('stopped reading'));
      child.kill(signal);
      expect(await exit()).toBe(0);
      expect(messages()).toEqual([
        { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'Server shutting down' } },
      ]);
      expect(errors).toContain('aborted');
      expect(errors).toContain('destroyed');
    },
  );

  it('cancels running calls when stdout is closed, and ends', async () => {
    start({ CLOSES: 'yes' });
    callTool(1, 'wait');
    await until(() => errors.includes('waiting'));
    child.stdout.destroy();
    callTool(2, 'echo', { input: 'to nobody' });
    expect(await exit()).toBe(0);
    expect(errors).toContain('aborted');
  });
});
