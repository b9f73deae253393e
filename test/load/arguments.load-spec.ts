import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Search } from './arguments.process.js';

const MOST_MS = 60;
const MOST_BYTES = 16 * 1024;
const MOST_TIMES = 2;

const figure = (name: string, value: string, bound: string): void =>
  void process.stdout.write(`arguments: ${name} ${value} (bound ${bound})\n`);

async function searched(): Promise<Search> {
  const runner = resolve(__dirname, '../support/app/run-ts.cjs');
  const child = fork(runner, [resolve(__dirname, 'arguments.process.ts')]);
  const [found] = (await once(child, 'message')) as [Search];
  child.kill();
  return found;
}

describe('arguments under the default limits', () => {
  it('block other clients for a bounded time, valid or not, and get a bounded response', async () => {
    const { tried, worst } = await searched();
    const { turn, total, times, bytes } = worst;
    figure('tools and bodies tried', String(tried), 'none');
    figure('longest turn of the event loop', `${turn.turn.toFixed(1)} ms`, `${MOST_MS} ms`);
    process.stdout.write(`arguments: that was ${JSON.stringify(turn.candidate)}\n`);
    figure('most CPU in all turns', `${total.total.toFixed(1)} ms`, 'none: the rules decide');
    process.stdout.write(`arguments: that was ${JSON.stringify(total.candidate)}\n`);
    figure('largest answer', `${bytes.bytes} bytes`, `${MOST_BYTES} bytes`);
    figure('a wrong body against a right one', `${times.times.toFixed(2)} times`, `${MOST_TIMES}`);
    expect(turn.turn).toBeLessThan(MOST_MS);
    expect(bytes.bytes).toBeLessThan(MOST_BYTES);
    expect(times.times).toBeLessThan(MOST_TIMES);
  }, 300_000);
});
