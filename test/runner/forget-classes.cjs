const { createRequire } = require('node:module');

const requireShared = createRequire(__filename);

/**
 * Drops what shared packages know of the classes of a file: the classes are gone with it, but class-transformer and
 * Nest's test module would keep them alive, and with each of them every module that the file has loaded.
 * class-validator's storage is a global, which the snapshot of the realm takes care of.
 */
function forgetClasses() {
  requireShared('class-transformer/cjs/storage.js').defaultMetadataStorage.clear();
  const { MetadataScanner } = requireShared('@nestjs/core');
  requireShared('@nestjs/testing').Test.metadataScanner = new MetadataScanner();
}

module.exports = { forgetClasses };
