import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that runs until it is killed, with the processes that it starts itself. */
export class ProcessGroup {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private readonly lines: string[] = [];
  private readonly written = new EventEmitter<{ line: [string] }>();

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => {
        this.lines.push(line);
        this.written.emit('line', line);
      });
    this.child = child;
    this.closed = once(child, 'close');
  }

  /** The first match in a line of its output. Rejects with its output when the process ends without one. */
  output(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const read = (line: string): void => {
        const [match] = pattern.exec(line) ?? [];
        if (match !== undefined) resolve(match);
      };
      this.lines.forEach(read);
      this.written.on('line', read);
      void this.closed.then(
        () => reject(new Error(`It ended without ${pattern.source}:\n${this.lines.join('\n')}`)),
        reject,
      );
    });
  }

  async kill(): Promise<void> {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch (error) {
      // The group has ended already.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await this.closed;
  }
}
