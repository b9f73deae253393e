// Adapts Node 20 to the files of a conformance run: TypeScript with decorators, the built library under its
// name, and a suite that calls a function of Node 22.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const LIBRARY = new URL('../../../libs/core/dist/esm/index.js', import.meta.url).href;
const FILE_SYSTEM = new URL('fs-with-glob.mjs', import.meta.url).href;
const SUITE = /\/node_modules\/conformance-(?:stable|next)\//;

const options = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const found = (url) => ({ url, shortCircuit: true });

/** The file that an import resolves to. Node resolves all other imports. */
export function resolve(specifier, context, next) {
  const { parentURL = '' } = context;
  if (specifier === '@nestmcp/core') return found(LIBRARY);
  if (/^(?:node:)?fs$/.test(specifier) && SUITE.test(parentURL)) return found(FILE_SYSTEM);
  if (parentURL.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(specifier)) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), parentURL);
    if (existsSync(source)) return found(source.href);
  }
  return next(specifier, context);
}

/** Compiles TypeScript to JavaScript. */
export function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
