// npm run conformance: the official conformance suites against an application made with this library, over
// every transport and revision that they know. Exits with 1 when anything fails that is not listed in
// test/conformance/not-yet.json. Everything stays on the loopback interface.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chdir, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import '../test/conformance/loader/register.mjs';

chdir(fileURLToPath(new URL('../', import.meta.url)));

/** The time of the last change below a folder. */
function changed(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

const built = 'libs/core/dist/esm/index.js';
if (!existsSync(built) || statSync(built).mtimeMs < changed('libs/core/src')) {
  const { status } = spawnSync(execPath, ['scripts/build-libs.mjs'], { stdio: 'inherit' });
  if (status !== 0) exit(1);
}
const { runConformance } = await import('../test/conformance/run.ts');
exit(await runConformance());
