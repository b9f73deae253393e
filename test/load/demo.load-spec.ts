import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { freePort } from '../support/app/free-port.js';
import { SseWire } from '../support/wire/sse-wire.js';

const NEST = 'node_modules/@nestjs/cli/bin/nest.js';

/** The demo as `nest start` runs it, in a process of its own. */
describe('the demo as a process', () => {
  let demo: ChildProcess;
  let sse: URL;

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [NEST, 'build']);
  }, 300_000);

  beforeEach(async () => {
    const port = await freePort();
    sse = new URL(`http://127.0.0.1:${port}/sse`);
    demo = spawn(process.execPath, ['dist/src/main.js'], {
      env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const chunk of demo.stdout ?? []) if (String(chunk).includes('started')) break;
    await listening(sse);
  });

  afterEach(() => {
    demo.kill('SIGKILL');
  });

  it('serves its page and the source of its tools from the build', async () => {
    const index = await (await fetch(new URL('/', sse))).text();
    const paths = [...index.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(paths).toContain('/page/app.js');
    for (const path of paths) expect((await fetch(new URL(path, sse))).status).toBe(200);
    const sources = (await (await fetch(new URL('/page/sources', sse))).json()) as object[];
    expect(sources).toContainEqual({
      path: 'src/echo/echo.tools.ts',
      text: readFileSync('src/echo/echo.tools.ts', 'utf8'),
    });
    expect(sources).toHaveLength(5);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends within 2 s of %s with open streams, each of them cleanly',
    async (signal) => {
      const wires = await Promise.all(Array.from({ length: 10 }, () => SseWire.open(sse)));
      await Promise.all(wires.map((wire) => wire.initialize()));
      const exit = once(demo, 'exit');
      const began = performance.now();
      demo.kill(signal);
      const [code, by] = (await exit) as [number | null, string | null];
      expect(performance.now() - began).toBeLessThan(2_000);
      expect({ code, by }).toEqual({ code: null, by: signal });
      await Promise.all(wires.map((wire) => wire.end()));
      for (const { response } of wires) expect(response.complete).toBe(true);
      for (const wire of wires) wire.close();
    },
  );
});

/** Nest logs "started" shortly before it listens. */
async function listening(url: URL): Promise<void> {
  try {
    const wire = await SseWire.open(url);
    wire.close();
  } catch {
    await listening(url);
  }
}
