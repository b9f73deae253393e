import { readFileSync } from 'node:fs';

const read = (file: string): string => readFileSync(file, 'utf8');

/** The versions of Nest that `npm run compat` runs. Those of a range are the newest of a major. */
const NESTS = /export const NESTS = (\[.+\]);/.exec(read('scripts/compat/matrix.mjs'))?.[1] ?? '[]';
const [OLDEST_11 = '', NEWEST_11, OLDEST_12 = '', NEWEST_12] = JSON.parse(
  NESTS.replaceAll("'", '"'),
) as string[];

describe('the versions of Nest that are allowed', () => {
  it.each(['core', 'testing'])('by @nestmcp/%s begin with those that are tested', (library) => {
    const { peerDependencies } = JSON.parse(read(`libs/${library}/package.json`)) as {
      peerDependencies: Record<string, string>;
    };
    // The patch is open: npm cannot install 12.0.0, whose packages want Nest 11.
    const range = [OLDEST_11, OLDEST_12].map((version) => version.replace(/\.\d+$/, '.0'));
    const allowed = range.map((version) => `^${version}`).join(' || ');
    expect(peerDependencies).toMatchObject({ '@nestjs/common': allowed, '@nestjs/core': allowed });
    expect([NEWEST_11, NEWEST_12]).toEqual([
      expect.stringMatching(/^\^11\./),
      expect.stringMatching(/^\^12\./),
    ]);
  });
});
