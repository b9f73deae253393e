// Publishes each library twice: ES modules and CommonJS. The "module-sync" export condition makes
// require() and import() share the ESM copy on Node >= 20.19, so tokens and metadata never exist
// twice; the CommonJS copy is for older loaders and for Jest.
//
//   node scripts/build-libs.mjs                builds both
//   node scripts/build-libs.mjs --if-changed   builds those whose source is newer than their build
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const workspace = new URL('../', import.meta.url);
const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', workspace));

/** Whether a build is newer than the last change of its source. */
function isCurrent(root) {
  const built = new URL('dist/cjs/package.json', root);
  if (!existsSync(built)) return false;
  const source = new URL('src/', root);
  const files = readdirSync(source, { recursive: true }).map((name) => new URL(name, source));
  return files.every((file) => statSync(file).mtimeMs <= statSync(built).mtimeMs);
}

for (const lib of ['core', 'testing']) {
  const root = new URL(`libs/${lib}/`, workspace);
  if (argv.includes('--if-changed') && isCurrent(root)) continue;
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
