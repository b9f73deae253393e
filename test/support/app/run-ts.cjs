// oxlint-disable no-underscore-dangle -- Node names them so
// Runs a TypeScript file in a process of its own, compiled like the tests: node run-ts.cjs file.ts
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../../..');
const options = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

const CACHE = path.join(ROOT, 'node_modules/.cache/run-ts');
mkdirSync(CACHE, { recursive: true });

Module._extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

/** Compiling a few hundred files takes longer than most tests need their process. */
function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = JSON.stringify([filename, source, options]);
  const file = path.join(CACHE, `${createHash('sha256').update(key).digest('hex')}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { transformSync } = require('@swc/core');
  const { code } = transformSync(source, { ...options, filename });
  // Other processes may read the file at any time, so it appears as a whole.
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
  return code;
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const [, library, entry] = /^@nestmcp\/(core|testing)(?:\/(stdio))?$/.exec(request) ?? [];
  if (library) return path.resolve(ROOT, 'libs', library, 'src', `${entry ?? 'index'}.ts`);
  if (request.startsWith('.') && parent?.filename) {
    const source = path.resolve(path.dirname(parent.filename), request.replace(/\.js$/, '.ts'));
    if (source.endsWith('.ts') && existsSync(source)) return source;
  }
  return resolveFilename(request, parent, ...rest);
};

require(path.resolve(process.argv[2]));
