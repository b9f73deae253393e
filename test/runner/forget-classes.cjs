const { createRequire } = require('node:module');

const requireShared = createRequire(__filename);

/**
 * Drops what shared packages store about the classes of a file. The file no longer needs the classes, but
 * class-transformer and Nest's test module would keep them in memory, and with each of them every module that the
 * file has loaded. class-validator's storage is a global, which the snapshot of the realm restores.
 */
function forgetClasses() {
  requireShared('class-transformer/cjs/storage.js').defaultMetadataStorage.clear();
  const { MetadataScanner } = requireShared('@nestjs/core');
  requireShared('@nestjs/testing').Test.metadataScanner = new MetadataScanner();
}

module.exports = { forgetClasses };
