import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ARGS = [
  join(__dirname, '../support/app/run-ts.cjs'),
  join(__dirname, '../support/app/stdio-noisy-app.ts'),
];

/** Ways to write, as the guide to stdio lists them: those that are kept off stdout, and those that are not. */
const KEPT = [
  'console.log()',
  'process.stdout.write()',
  'a logger of Nest',
  'a worker',
  'a child whose stdout is 2',
];
const NOT_KEPT = ['a child that inherits stdout', 'fs.writeSync(1)'];

jest.setTimeout(60_000);

/** The stdout and the stderr after a client has called each of these. */
async function after(ways: readonly string[], child: ChildProcessWithoutNullStreams) {
  const [out, errors] = [text(child.stdout), text(child.stderr)];
  const messages = [
    {
      id: 'init',
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'wire', version: '1' },
      },
    },
    ...ways.map((way) => ({
      id: way,
      method: 'tools/call',
      params: { name: 'write', arguments: { way } },
    })),
  ];
  child.stdin.end(
    messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''),
  );
  await once(child, 'close');
  const lines = (await out).split('\n').filter((line) => line !== '');
  return {
    answers: lines.filter((line) => line.startsWith('{')).length,
    stray: lines.filter((line) => !line.startsWith('{')).length,
    errors: (await errors).match(/a stray line/g)?.length ?? 0,
  };
}

describe('lines that are not messages', () => {
  it('go to stderr when they are written through process.stdout, or by a child whose stdout is 2', async () => {
    const child = spawn(process.execPath, ARGS);
    expect(await after(KEPT, child)).toEqual({
      answers: KEPT.length + 1,
      stray: 0,
      errors: KEPT.length,
    });
  });

  it('reach stdout when they are written to the descriptor itself, as the guide says', async () => {
    const child = spawn(process.execPath, ARGS);
    expect(await after(NOT_KEPT, child)).toEqual({
      answers: NOT_KEPT.length + 1,
      stray: NOT_KEPT.length,
      errors: 0,
    });
  });

  it('always go to stderr when a shell has moved the messages to 3', async () => {
    const ways = [...KEPT, ...NOT_KEPT];
    const command = `exec "$0" "$@" 3>&1 1>&2`;
    const child = spawn('sh', ['-c', command, process.execPath, ...ARGS], {
      env: { ...process.env, MESSAGES: '3' },
    });
    expect(await after(ways, child)).toEqual({
      answers: ways.length + 1,
      stray: 0,
      errors: ways.length,
    });
  });
});
