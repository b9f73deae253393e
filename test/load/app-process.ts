import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Platform } from '../support/app/test-app.js';

/** What the process has used, in bytes and milliseconds. */
export interface Usage {
  readonly rss: number;
  /** The peak value. */
  readonly peak: number;
  readonly cpuMs: number;
  /** Bytes of the quota that bodies use. */
  readonly held: number;
}

/** An application in a process of its own, to measure its memory and its end. */
export class AppProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: URL,
    /** A bare Node server in the same process. */
    readonly plainUrl: URL,
  ) {}

  static async start(platform: Platform, drainMs = 25_000): Promise<AppProcess> {
    const runner = resolve(__dirname, '../support/app/run-ts.cjs');
    const script = resolve(__dirname, 'app.process.ts');
    const child = fork(runner, [script, platform, String(drainMs)], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [{ url, plainUrl }] = (await once(child, 'message')) as [
      { url: string; plainUrl: string },
    ];
    return new AppProcess(child, new URL(url), new URL(plainUrl));
  }

  async usage(): Promise<Usage> {
    const told = once(this.child, 'message') as Promise<[Usage]>;
    this.child.send('usage');
    return (await told)[0];
  }

  /** Sends SIGTERM. Resolves with the milliseconds until the process ended. */
  async end(): Promise<number> {
    const since = performance.now();
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
    return performance.now() - since;
  }

  /** Ends the process at once, whatever it is doing. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
