// Publishes each library twice: ES modules and CommonJS. The "module-sync" export condition makes
// require() and import() share the ESM copy on Node >= 20.19, so tokens and metadata never exist
// twice; the CommonJS copy is for older loaders and for Jest.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const workspace = new URL('../', import.meta.url);
const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', workspace));

for (const lib of ['core', 'testing']) {
  const root = new URL(`libs/${lib}/`, workspace);
  rmSync(new URL('dist', root), { recursive: true, force: true });
  for (const config of ['tsconfig.lib.json', 'tsconfig.lib.cjs.json']) {
    const { status } = spawnSync(process.execPath, [tsc, '-p', config], {
      cwd: fileURLToPath(root),
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  copyFileSync(new URL('LICENSE', workspace), new URL('LICENSE', root));
  writeFileSync(new URL('dist/cjs/package.json', root), '{"type":"commonjs"}\n');
  console.log(`built libs/${lib}`);
}
