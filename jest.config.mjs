// Nest 12 is ESM-only, and Jest 30 can require() ES modules only from Node 24.9 on. So Node itself loads Nest and the
// other packages of `test/runner/shared-packages.cjs`, once per worker; SWC compiles everything else to CommonJS on the
// way in, and the result is cached.
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

export default {
  runtime: '<rootDir>/test/runner/shared-realm.runtime.cjs',
  testEnvironment: '<rootDir>/test/runner/shared-realm.environment.cjs',
  // Jest would leave a core unused.
  maxWorkers: '100%',
  // With a limit, files never run in Jest's own process, where its reporters would set their timers on the fake clock
  // of a test. It is out of reach: when Jest replaces a worker that is beyond it, the next file can get lost.
  workerIdleMemoryLimit: '64GB',
  // Far above what any test takes alone; on a loaded machine, slow is not wrong.
  testTimeout: 60_000,
  // The realm is Node's own: a socket that an earlier file left behind would do its work by the fake ones, as one more
  // thing that waits.
  fakeTimers: { doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] },
  testRegex: '\\.(e2e-spec|spec)\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/examples/'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/libs/.*/dist', '<rootDir>/examples'],
  moduleNameMapper: {
    '^@nestmcp/core/stdio$': '<rootDir>/libs/core/src/stdio.ts',
    '^@nestmcp/(core|testing)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.(m?ts|m?js)$': ['@swc/jest', swc] },
  transformIgnorePatterns: ['/node_modules/(?:rxjs|reflect-metadata|validator|express)/'],
  setupFiles: ['<rootDir>/test/support/app/quiet-logs.ts'],
};
