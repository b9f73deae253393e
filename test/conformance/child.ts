import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('loader/register.mjs', import.meta.url).href;
const running = new Set<ChildProcess>();

// Processes that this process started end with it.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Child {
  /** All output so far, on both streams. */
  readonly output: () => string;
  /** The first line on standard output. */
  readonly firstLine: Promise<string>;
  /** The exit status; -1 when it was killed. */
  readonly exit: Promise<number>;
  end(): void;
}

/**
 * Runs a file with Node and the loader of this folder. Calls `onLine` with each line of standard output as it
 * arrives.
 */
export function startChild(
  file: URL,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Child {
  const child = spawn(process.execPath, ['--import', LOADER, fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  running.add(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    said += `${line}\n`;
    onLine(line);
  });
  const firstLine = once(lines, 'line').then(([line]) => String(line));
  const exit = once(child, 'close').then(([code]) => {
    running.delete(child);
    return typeof code === 'number' ? code : -1;
  });
  return { output: () => said, firstLine, exit, end: () => child.kill('SIGKILL') };
}
