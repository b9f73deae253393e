// Jest creates a realm and a module registry for each test file, so each file loads Nest again: that was most of
// the work of a test run. Here the files of a worker share its realm, and Node itself loads the packages below once per
// worker. Jest still loads the project's own modules, the tests and every other package afresh for each file.
// `shared-realm.environment.cjs` undoes the changes that a file leaves.
const { createRequire } = require('node:module');
const vm = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { SHARED_PACKAGES } = require('./shared-packages.cjs');

const isShared = (name) =>
  SHARED_PACKAGES.some((shared) => name === shared || name.startsWith(`${shared}/`));

module.exports = class SharedRealmRuntime extends JestRuntime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    // Like Jest's own runtime, except for the realm in which Node's own modules run.
    executor.compile = (source, filename) =>
      vm.compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModuleOrMock(from, name) {
    return isShared(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
