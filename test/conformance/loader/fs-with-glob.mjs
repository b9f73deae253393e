// `node:fs` of Node 20 has no globSync(). The suite imports it and calls it in a command that is not run here.
export * from 'node:fs';
export { default } from 'node:fs';

export function globSync() {
  throw new Error('globSync() is not there on Node 20');
}
