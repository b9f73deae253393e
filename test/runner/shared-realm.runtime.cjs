// Jest creates a realm and a module registry for each test file, so each file loads Nest again: that was most of
// the work of a test run. Here the files of a worker share its realm, and Node itself loads the packages below once per
// worker. Jest still loads the project's own modules, the tests and every other package afresh for each file.
// `shared-realm.environment.cjs` undoes the changes that a file leaves.
const { createRequire } = require('node:module');
const vm = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { SHARED_PACKAGES } = require('./shared-packages.cjs');
const { WorkerCache } = require('./worker-cache.cjs');

const isShared = (name) =>
  SHARED_PACKAGES.some((shared) => name === shared || name.startsWith(`${shared}/`));

/** Transformed and compiled modules. Each file still runs them anew, with a state of its own. */
const transformed = new WorkerCache();
const compiled = new WorkerCache();

module.exports = class SharedRealmRuntime extends JestRuntime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    const { scriptTransformer } = this.transformCache;
    // Like Jest's own runtime, except for the realm in which Node's own modules run.
    const compile = (source, filename) =>
      vm.compileFunction(source, executor.injectedModuleParameters, { filename });
    executor.compile = (source, filename) =>
      filename === executor.testPath
        ? compile(source, filename)
        : compiled.get(filename, source, () => compile(source, filename));
    const transform = scriptTransformer.transform.bind(scriptTransformer);
    scriptTransformer.transform = (filename, options, source) =>
      transformed.get(filename, source, () => transform(filename, options, source));
  }

  requireModuleOrMock(from, name) {
    return isShared(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
