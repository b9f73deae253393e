import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ACCEPT, HttpSession, initialize, toolCall } from '../support/wire/http-session.js';
import { post } from '../support/wire/sse-wire.js';
import { StuckReader } from '../support/wire/stuck-reader.js';
import { PLATFORMS } from '../support/app/test-app.js';

// Other work on the machine and V8's collections affect these figures, so the best of three counts.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const MEBIBYTE = 1024 * 1024;
const RESULT = 7_000_000;
/** For one owner: the largest result, and 16 MiB. */
const BOUND = 8 + 16;
/** Memory that the process used for a moment and has not released yet. */
const SLACK = 96;

/** A server in a process of its own. */
class LoadServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: URL,
  ) {}

  static async start(platform: string): Promise<LoadServer> {
    const support = join(__dirname, '../support/app');
    const child = fork(join(support, 'run-ts.cjs'), [join(support, 'load-server.ts'), platform], {
      execArgv: ['--expose-gc'],
    });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new LoadServer(child, new URL(`http://127.0.0.1:${port}`));
  }

  /** Mebibytes outside the object heap, in it, and in total. */
  async memory(): Promise<Record<'external' | 'heap' | 'rss', number>> {
    this.child.send('memory');
    const [{ memory }] = (await once(this.child, 'message')) as [{ memory: NodeJS.MemoryUsage }];
    const { external, heapUsed, rss } = memory;
    return {
      external: external / MEBIBYTE,
      heap: heapUsed / MEBIBYTE,
      rss: rss / MEBIBYTE,
    };
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

describe.each(PLATFORMS)('clients that do not read, on %s', (platform) => {
  let server: LoadServer;
  const stuck: StuckReader[] = [];

  beforeEach(async () => {
    server = await LoadServer.start(platform);
  });

  afterEach(() => {
    for (const reader of stuck.splice(0)) reader.close();
    server.stop();
  });

  const report = async (title: string, act: () => Promise<void>): Promise<void> => {
    const session = await HttpSession.open(server.url);
    // Responses that are read leave the same amount on the heap.
    for (let id = 0; id < 60; id++) await session.post(toolCall(id, 'huge', { length: RESULT }));
    const before = await server.memory();
    await act();
    const after = await server.memory();
    const external = after.external - before.external;
    const heap = after.heap - before.heap;
    const rss = after.rss - before.rss;
    process.stdout.write(
      `${platform}, ${title}: external ${external.toFixed(0)} MiB more, heap ${heap.toFixed(0)}, RSS ${rss.toFixed(0)}; bound ${BOUND} MiB, RSS and ${SLACK} MiB that are not given back yet\n`,
    );
    expect(external + heap).toBeLessThan(BOUND + 1);
    expect(rss).toBeLessThan(BOUND + SLACK);
    expect(await session.call('after', 'ping')).toMatchObject({ result: {} });
  };

  it('hold a bounded number of bytes with 60 responses of 7 MB', async () => {
    await report('60 unread answers of 7 MB', async () => {
      const { url } = server;
      const session = await HttpSession.open(url);
      const headers = { ...ACCEPT, 'mcp-session-id': session.id };
      for (let id = 0; id < 60; id++) {
        const call = toolCall(id, 'huge', { length: RESULT });
        const reader = StuckReader.send(new URL('/mcp', url), headers, call);
        stuck.push(reader);
        await reader.head().catch(() => undefined);
      }
    });
  }, 120_000);

  it('hold a bounded number of bytes with an event stream', async () => {
    await report('an unread event stream, answers of 7 MB', async () => {
      const stream = new URL('/sse', server.url);
      const reader = StuckReader.send(stream, { accept: 'text/event-stream' });
      stuck.push(reader);
      const [, path = ''] = /data: (\S+)/.exec(await reader.until(/data: \S+\n/)) ?? [];
      const messages = new URL(path, stream);
      await post(messages, initialize());
      // Results over the limit become errors until the client has read nothing for a second.
      let [sent, status] = [0, 202];
      for (; status === 202 && sent < 2_000; sent++)
        ({ status } = await post(messages, toolCall(sent, 'huge', { length: RESULT })));
      process.stdout.write(`${platform}: cut off after ${sent - 1} calls\n`);
      expect(status).toBe(404);
    });
  }, 120_000);
});
