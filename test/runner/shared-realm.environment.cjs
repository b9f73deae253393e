// The realm of the worker as a test environment. Changes of a file are undone before the next file runs.
const { createRequire } = require('node:module');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { disableStorages } = require('./async-storages.cjs');
const { forgetClasses } = require('./forget-classes.cjs');
const { realmSnapshot, restoreRealm } = require('./realm-snapshot.cjs');
const { WITH_STATE } = require('./shared-packages.cjs');

const requireShared = createRequire(__filename);

const timerConfig = {
  idToRef: (id) => ({ id, ref: () => undefined, unref: () => undefined }),
  refToId: (timer) => timer?.id,
};

module.exports = class SharedRealmEnvironment {
  constructor({ projectConfig }) {
    this.snapshot = realmSnapshot(WITH_STATE.map((name) => requireShared(name)));
    this.global = globalThis;
    const { global } = this;
    this.moduleMocker = new ModuleMocker(global);
    const { moduleMocker } = this;
    this.fakeTimers = new LegacyFakeTimers({
      config: projectConfig,
      global,
      moduleMocker,
      timerConfig,
    });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global });
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    forgetClasses();
    disableStorages();
    restoreRealm(this.snapshot);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** The runtime compiles for the realm itself. Jest requests a context only to check that the environment is alive. */
  getVmContext() {
    return globalThis;
  }
};
