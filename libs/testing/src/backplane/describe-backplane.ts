import type { MakeCluster } from './backplane-cluster.interface.js';
import { CONTRACT, LOG_CONTRACT } from './contract.js';
import { play } from './contract-case.js';
import { refuseUnknown } from '../known-options.js';
import { describe, it } from './test-globals.js';

/**
 * Registers the tests that every adapter of the `Backplane` port must pass. They need the globals `describe`, `it` and
 * `expect` of Jest, or of Vitest with `globals: true`. If an expected event never arrives, the test fails by the time
 * limit of the runner.
 *
 * @param options `log: false` omits the tests of the event log, for an adapter without one. Default: `log: true`.
 * @example
 * describeBackplane('RedisBackplane', async (nodes) => ({
 *   backplanes: Array.from({ length: nodes }, () => new RedisBackplane(options)),
 *   log: { dropsAfter: 300, keepMs: 500 },
 *   advance: (milliseconds) => setTimeout(milliseconds),
 *   lose: (backplane) => disconnectAndWait(backplane),
 * }));
 */
export function describeBackplane(
  name: string,
  makeCluster: MakeCluster,
  options: { readonly log?: boolean } = {},
): void {
  refuseUnknown('describeBackplane()', options, { log: true });
  const { log = true } = options;
  describe(`${name}, by the contract of backplanes`, () => {
    for (const [subject, cases] of Object.entries({ ...CONTRACT, ...(log ? LOG_CONTRACT : {}) }))
      describe(`(${subject})`, () => {
        for (const each of cases) it(each.title, () => play(each, makeCluster));
      });
  });
}
