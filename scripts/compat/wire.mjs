import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const JEST = 'node_modules/jest/bin/jest.js';
const FOLDERS = ['test/sse', 'test/http'];

/** Time that the tests of one Node version may take, in milliseconds. */
const TIME_LIMIT_MS = 30 * 60_000;

/** Runs the e2e tests of the HTTP transports with each Node version. Resolves with true if all of them pass. */
export async function runWireTests(nodes) {
  let isAllOk = true;
  for (const { path, version } of nodes) {
    const { isOk, output } = await run(path, [JEST, ...FOLDERS], {
      cwd: workspace,
      timeout: TIME_LIMIT_MS,
    });
    isAllOk &&= isOk;
    const counts = output.split('\n').filter((line) => line.startsWith('Tests:'));
    console.log(`Node ${version}: ${counts.join() || 'no result'}`);
    if (!isOk) console.log(output);
  }
  return isAllOk;
}
