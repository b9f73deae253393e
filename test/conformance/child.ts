import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('loader/register.mjs', import.meta.url).href;
const running = new Set<ChildProcess>();

// What this process started ends with it, however it ends.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Child {
  /** Everything it has said so far, on both outputs. */
  readonly output: () => string;
  /** The first line that it said on standard output. */
  readonly firstLine: Promise<string>;
  /** The status that it exited with; -1 when it was ended. */
  readonly exit: Promise<number>;
  end(): void;
}

/** Runs a file with Node and the loader of this folder. `onLine` gets each line of standard output as it comes. */
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
