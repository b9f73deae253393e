// oxlint-disable no-underscore-dangle -- Node names them so
// Runs a TypeScript file in a process of its own, compiled like the tests: node run-ts.cjs file.ts
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

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

Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  module._compile(transformSync(source, { ...options, filename }).code, filename);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const [, library] = /^@nestmcp\/(core|testing)$/.exec(request) ?? [];
  if (library) return path.resolve(ROOT, 'libs', library, 'src/index.ts');
  if (request.startsWith('.') && parent?.filename) {
    const source = path.resolve(path.dirname(parent.filename), request.replace(/\.js$/, '.ts'));
    if (source.endsWith('.ts') && existsSync(source)) return source;
  }
  return resolveFilename(request, parent, ...rest);
};

require(path.resolve(process.argv[2]));
