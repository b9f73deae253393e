import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import type { Kept } from './crowd-app.js';
import type { Platform } from './test-app.js';

const ACCEPT = {
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
};

export interface Posted {
  readonly status: number;
  readonly session: string | undefined;
  readonly body: string;
}

/** A server in a process of its own, and many clients of it. */
export class CrowdProcess {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private readonly open: IncomingMessage[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: URL,
  ) {}

  static async start(platform: Platform): Promise<CrowdProcess> {
    const child = fork(join(__dirname, 'run-ts.cjs'), [join(__dirname, 'crowd-app.ts'), platform], {
      execArgv: ['--expose-gc'],
    });
    const [url] = (await once(child, 'message')) as [string];
    return new CrowdProcess(child, new URL('/mcp', url));
  }

  async kept(): Promise<Kept> {
    this.child.send('measure');
    const [kept] = (await once(this.child, 'message')) as [Kept];
    return kept;
  }

  async post(body: string, headers: Record<string, string> = {}): Promise<Posted> {
    const response = await this.asked(body, headers, this.agent);
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const session = response.headers['mcp-session-id'];
    return {
      status: response.statusCode ?? 0,
      session: typeof session === 'string' ? session : undefined,
      body: text,
    };
  }

  /** A request whose response has begun, and stays open until the process ends. */
  async stream(body: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const response = await this.asked(body, headers, false);
    this.open.push(response);
    return response;
  }

  /** A request whose response is not awaited. */
  hold(body: string, headers: Record<string, string> = {}): void {
    this.stream(body, headers).then(
      (response) => response.resume(),
      () => undefined,
    );
  }

  /** Polls until the memory is in the expected state. */
  async until(reached: (kept: Kept) => boolean): Promise<Kept> {
    for (;;) {
      const kept = await this.kept();
      if (reached(kept)) return kept;
    }
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    for (const response of this.open) response.destroy();
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private async asked(body: string, headers: Record<string, string>, agent: Agent | false) {
    const sending = request(this.url, {
      agent,
      method: 'POST',
      headers: { ...ACCEPT, ...headers },
    });
    sending.end(body);
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    sending.on('error', () => undefined);
    response.on('error', () => undefined);
    return response.setEncoding('utf8');
  }
}
