import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Options, transformSync } from '@swc/core';

const ROOT = resolve(__dirname, '../../..');
const CORE = join(ROOT, 'libs/core');

const FORMS = { esm: 'nodenext', cjs: 'commonjs' } as const;

const options = (type: 'nodenext' | 'commonjs'): Options => ({
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type },
});

/**
 * Creates a project that has `@nestmcp/core` as its package is published, in both module forms, and the packages that
 * it depends on. Returns the folder of the project.
 */
export function projectWithCore(files: Readonly<Record<string, string>>): string {
  const project = mkdtempSync(join(tmpdir(), 'nestmcp-'));
  const modules = join(project, 'node_modules');
  const core = join(modules, '@nestmcp/core');
  for (const [form, type] of Object.entries(FORMS)) compile(join(core, 'dist', form), type);
  writeFileSync(join(core, 'dist/cjs/package.json'), '{"type":"commonjs"}\n');
  writeFileSync(join(core, 'package.json'), readFileSync(join(CORE, 'package.json')));
  for (const name of dependencies()) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  return project;
}

function compile(target: string, type: 'nodenext' | 'commonjs'): void {
  const source = join(CORE, 'src');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const { code } = transformSync(readFileSync(join(source, file), 'utf8'), {
      ...options(type),
      filename: file,
      swcrc: false,
    });
    const to = join(target, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, code);
  }
}

function dependencies(): string[] {
  const { dependencies: own, peerDependencies: peers } = JSON.parse(
    readFileSync(join(CORE, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'peerDependencies', Record<string, string>>;
  return [...Object.keys(own), ...Object.keys(peers)];
}
