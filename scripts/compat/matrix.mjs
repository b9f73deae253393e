// What the library is tested with. The first version of each list is the oldest that is supported.

/**
 * Ranges of Nest. npm cannot install 12.0.0: its packages ask for the packages of Nest 11, and
 * `@nestjs/platform-fastify` was not published.
 */
export const NESTS = ['11.1.0', '^11.2.0', '12.0.1', '^12.5.0'];

export const NODES = [20, 22, 24, 26];

export const PLATFORMS = ['express', 'fastify'];

/** The forms of the application's modules. */
export const FORMS = ['CommonJS', 'ES modules'];

/** The compilers. The second and the third run on one platform only, with the floor and the newest Nest. */
export const BUILDS = ['tsc', 'swc', 'webpack'];

const FLOOR_AND_NEWEST = [NESTS[0], NESTS.at(-1)];

/** The whole matrix, or the smaller set of CI, which is compiled by tsc only. */
export function matrixOf(isSmall) {
  const nests = isSmall ? FLOOR_AND_NEWEST : NESTS;
  const nodes = isSmall ? [20, 24] : NODES;
  const rows = nests.flatMap((nest) => [
    ...PLATFORMS.map((platform) => ({ nest, platform, build: 'tsc' })),
    ...(FLOOR_AND_NEWEST.includes(nest) && !isSmall
      ? ['swc', 'webpack'].map((build) => ({ nest, platform: 'express', build }))
      : []),
  ]);
  return { nests, nodes, rows };
}
