// Temporary applications that have the packed libraries installed, as users have them.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { runStep } from './command.mjs';
import { FORMS } from './matrix.mjs';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE = join(workspace, 'test/compat');
const ROOT = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'));
const ROOT_VERSIONS = { ...ROOT.devDependencies, ...ROOT.dependencies };

/** What an application has beside Nest, in the versions of this repository. */
const BESIDE = ['class-transformer', 'class-validator', 'reflect-metadata', 'rxjs', '@types/node'];

/** Builds and packs the libraries into `folder`. Resolves with the paths of the packages by name. */
export async function packLibraries(folder) {
  await runStep(execPath, ['scripts/build-libs.mjs', '--if-changed'], { cwd: workspace });
  const libraries = ['core', 'testing'];
  const args = libraries.map((library) => `./libs/${library}`);
  await runStep('npm', ['pack', '--silent', '--pack-destination', folder, ...args], {
    cwd: workspace,
  });
  return Object.fromEntries(
    libraries.map((library) => [
      `@nestmcp/${library}`,
      `file:${join(folder, `nestmcp-${library}-0.0.0.tgz`)}`,
    ]),
  );
}

/**
 * Creates the project of one Nest version, with all platforms in one installation. npm checks the peer
 * dependencies. Resolves with the folder, the version that npm chose, and what could not be compiled: nothing yet.
 */
export async function createProject(nest, packages, folder) {
  const dependencies = {
    '@nestjs/common': nest,
    '@nestjs/core': nest,
    '@nestjs/platform-express': nest,
    '@nestjs/platform-fastify': nest,
    ...packages,
    ...Object.fromEntries(BESIDE.map((name) => [name, ROOT_VERSIONS[name]])),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await runStep('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
  });
  for (const form of FORMS) writeForm(formFolder(folder, form), form);
  return { folder, version: versionOf(folder, '@nestjs/core'), failures: new Map() };
}

/** The folder of a module form in a project. */
export function formFolder(folder, form) {
  return join(folder, form.replace(' ', '-').toLowerCase());
}

function writeForm(folder, form) {
  const type = form === 'CommonJS' ? 'commonjs' : 'module';
  cpSync(SOURCE, join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'ES2023',
        lib: ['ES2023'],
        types: ['node'],
        rootDir: 'src',
        outDir: 'tsc',
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        strict: true,
        skipLibCheck: true,
      },
      include: ['src'],
    }),
  );
}

function versionOf(folder, name) {
  const manifest = join(folder, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
