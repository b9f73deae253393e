import { readFileSync } from 'node:fs';

const read = (file: string): string => readFileSync(file, 'utf8');

/** The oldest versions of Nest that `npm run compat` runs. */
const FLOORS = [
  ...read('scripts/compat/matrix.mjs').matchAll(/name: '\d+ floor', nest: '([\d.]+)'/g),
].map(([, version]) => version ?? '');

describe('the versions of Nest that are allowed', () => {
  it.each(['core', 'testing'])('by @nestmcp/%s begin with those that are tested', (library) => {
    const { peerDependencies } = JSON.parse(read(`libs/${library}/package.json`)) as {
      peerDependencies: Record<string, string>;
    };
    const range = FLOORS.map((version) => `^${version}`).join(' || ');
    expect(FLOORS).toHaveLength(2);
    expect(peerDependencies).toMatchObject({ '@nestjs/common': range, '@nestjs/core': range });
  });
});
