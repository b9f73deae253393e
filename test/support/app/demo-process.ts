import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../../src/app.module.js';
import { configureApp } from '../../../src/configure-app.js';
import { SettingsService } from '../../../src/settings/settings.service.js';

export interface RunningDemo {
  readonly app: INestApplication;
  /** The name that the documentation uses, for any address that it resolves to. */
  readonly url: URL;
}

/** The demo as `main.ts` starts it, in this process, on a free port, with its own environment. */
export async function startDemo(env: NodeJS.ProcessEnv = {}): Promise<RunningDemo> {
  const replaced = jest.replaceProperty(process, 'env', { ...process.env, PORT: '0', ...env });
  try {
    const app = await NestFactory.create(AppModule, { abortOnError: false });
    configureApp(app);
    const { port, host } = app.get(SettingsService);
    await app.listen(port, host);
    const address = (app.getHttpServer() as Server).address() as AddressInfo;
    return { app, url: new URL(`http://localhost:${address.port}`) };
  } finally {
    replaced.restore();
  }
}

export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** `npx mcp-remote <url>`, as a desktop client runs it: JSON-RPC lines on stdin and stdout. */
export class McpRemote {
  private readonly messages: Message[] = [];
  private readonly ended: Promise<unknown>;
  private arrived: () => void = () => undefined;
  private log = '';

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly home: string,
  ) {
    this.ended = once(child, 'close');
    void this.ended.then(() => this.arrived());
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString('utf8')));
    createInterface(child.stdout).on('line', (line) => {
      this.messages.push(JSON.parse(line) as Message);
      this.arrived();
    });
  }

  static async start(...args: readonly string[]): Promise<McpRemote> {
    const home = await mkdtemp(join(tmpdir(), 'mcp-remote-'));
    const env = {
      ...process.env,
      HOME: home,
      MCP_REMOTE_CONFIG_DIR: home,
      npm_config_update_notifier: 'false',
    };
    // The file that npx runs; npm itself would take a second. A process group of its own, for what it starts.
    const file = join(process.cwd(), 'node_modules/.bin/mcp-remote');
    return new McpRemote(spawn(file, args, { env, detached: true }), home);
  }

  /** Writes all messages at once. */
  send(...messages: readonly object[]): void {
    this.child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  }

  /** The response to a request. Rejects when mcp-remote ends without it. */
  answer(id: number): Promise<Message> {
    return this.find((message) => message.id === id);
  }

  /** The first message that matches. Rejects when mcp-remote ends without one. */
  async find(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found !== undefined) return found;
      if (this.hasExited) throw new Error(`mcp-remote ended without an answer:\n${this.log}`);
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
  }

  /** Ends it as a desktop client does, and kills it when that is not enough. */
  async stop(): Promise<void> {
    this.child.stdin.end();
    const force = setTimeout(() => this.kill(), 5_000);
    await this.ended;
    clearTimeout(force);
    await rm(this.home, { recursive: true, force: true });
  }

  private get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private kill(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
  }
}
