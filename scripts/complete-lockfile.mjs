// Run after every `npm install` against a registry that lacks the optional binaries of other
// platforms: npm then leaves them out of the lock, and `npm ci` calls that lock stale. An argument is the folder of
// another lock: node scripts/complete-lockfile.mjs examples/enterprise
import { readFileSync, writeFileSync } from 'node:fs';

const [, , folder = '.'] = process.argv;
const file = new URL(`../${folder}/package-lock.json`, import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const LIBC = { gnu: 'glibc', musl: 'musl' };

/** `@swc/core-linux-x64-gnu` names its system, processor and C library. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const at = words.findIndex((word) => SYSTEMS.includes(word));
  if (at === -1) return undefined;
  const [os, cpu, libc] = words.slice(at);
  return { os: [os], cpu: [cpu], ...(LIBC[libc] && { libc: [LIBC[libc]] }) };
}

let added = 0;
for (const [path, node] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(node.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const platform = platformOf(name);
    if (lock.packages[key] ?? lock.packages[`${path}/${key}`]) continue;
    if (platform === undefined || !/^\d/.test(version)) continue;
    lock.packages[key] = { version, ...platform, ...(node.dev && { dev: true }), optional: true };
    added++;
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`completed ${added} lock entries`);
