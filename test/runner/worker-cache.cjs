/**
 * What a worker keeps of a module between test files. The source is compared, since a file can change between two
 * runs of the watch mode.
 */
class WorkerCache {
  constructor() {
    this.entries = new Map();
  }

  /** The value for a source, made once for as long as the source stays the same. */
  get(filename, source, make) {
    const known = this.entries.get(filename);
    if (known?.source === source) return known.value;
    const value = make();
    this.entries.set(filename, { source, value });
    return value;
  }
}

module.exports = { WorkerCache };
