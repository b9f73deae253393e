// Three ways to compile an application: tsc, SWC, and webpack without externals. Each leaves `<build>/main.js` in the
// folder of the module form.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { runStep } from './command.mjs';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** What Nest requires only if it is installed. webpack would fail on it. */
const OPTIONAL = [
  '@nestjs/microservices',
  '@nestjs/websockets',
  'class-transformer/storage',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
];

/** The compilers by name: each compiles the application in `folder`. */
export const COMPILE = {
  tsc: (folder) => runStep(execPath, [TSC, '-p', folder]),
  swc: compileWithSwc,
  webpack: bundle,
};

function compileWithSwc(folder, { form }) {
  const source = join(folder, 'src');
  const target = join(folder, 'swc');
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    const { code } = transformSync(readFileSync(join(source, name), 'utf8'), {
      configFile: false,
      swcrc: false,
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: form === 'CommonJS' ? 'commonjs' : 'es6' },
    });
    writeFileSync(join(target, name.replace(/\.ts$/, '.js')), code);
  }
}

/** Bundles what tsc has compiled, with all packages in it. */
function bundle(folder, { webpack }) {
  const compiler = webpack({
    mode: 'production',
    target: 'node20',
    context: folder,
    entry: join(folder, 'tsc/main.js'),
    output: { path: join(folder, 'webpack'), filename: 'main.cjs' },
    // Names of classes and parameters are what tools are named after.
    optimization: { minimize: false },
    plugins: [new webpack.IgnorePlugin({ checkResource: isOptional })],
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      const problem = error ?? (stats.hasErrors() && new Error(stats.toString('errors-only')));
      compiler.close(() => (problem ? reject(problem) : resolve()));
    });
  });
}

function isOptional(request) {
  return OPTIONAL.some((name) => request === name || request.startsWith(`${name}/`));
}
