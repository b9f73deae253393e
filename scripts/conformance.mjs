// npm run conformance: the official conformance suites against an application made with this library, over
// every transport and revision that they know. Exits with 1 when anything fails that is not listed in
// test/conformance/not-yet.json. Everything stays on the loopback interface.
import { spawnSync } from 'node:child_process';
import { chdir, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import '../test/conformance/loader/register.mjs';

chdir(fileURLToPath(new URL('../', import.meta.url)));

const { status } = spawnSync(execPath, ['scripts/build-libs.mjs', '--if-changed'], {
  stdio: 'inherit',
});
if (status !== 0) exit(1);
const { runConformance } = await import('../test/conformance/run.ts');
exit(await runConformance());
