// oxlint-disable no-underscore-dangle -- Node names it so
const { AsyncLocalStorage } = require('node:async_hooks');

const enabled = new Set();

/**
 * Until Node 24, each promise and each socket copies the value of every storage that was ever used. The modules of a
 * file create storages of their own, so the hundredth file of a worker would copy hundreds.
 */
function recordStorages() {
  const { prototype } = AsyncLocalStorage;
  const enable = prototype._enable;
  if (enable === undefined) return;
  prototype._enable = function recorded() {
    enabled.add(this);
    return enable.call(this);
  };
}

/** Disables the storages of a file. One of a shared package is enabled again when it is used. */
function disableStorages() {
  for (const storage of enabled) storage.disable();
  enabled.clear();
}

recordStorages();

module.exports = { disableStorages };
