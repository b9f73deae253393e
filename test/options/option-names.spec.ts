import { assert, constantFrom, integer, nat, property, tuple } from 'fast-check';
import { MODULE_OPTIONS } from '../../libs/core/src/options/module-options.table.js';
import { readModuleOptions } from '../../libs/core/src/options/module-settings.js';
import { NAMED, withValue } from '../support/fixtures/option-objects.js';

const paths = Object.keys(MODULE_OPTIONS);
const groups = ['limits', 'transports', 'cache'];
const known = new Set([...paths, ...groups].map((path) => path.toLowerCase()));

/** A name with one letter removed, added, replaced, swapped with the next one, or in the other case. */
function slip(name: string, kind: number, where: number, letter: string): string {
  const at = where % name.length;
  const [before, here, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  const toggled = here === here.toLowerCase() ? here.toUpperCase() : here.toLowerCase();
  return (
    [
      before + after,
      before + letter + here + after,
      before + letter + after,
      before + after.charAt(0) + here + after.slice(1),
      before + toggled + after,
    ][kind] ?? name
  );
}

/** Whether two names of the same length have one different letter: `ixclude` is as close to `include` as to `exclude`. */
function differInOneLetter(first: string, second: string): boolean {
  const different = first.split('').filter((letter, at) => letter !== second.charAt(at));
  return first.length === second.length && different.length === 1;
}

const slips = tuple(
  constantFrom(...paths.filter((path) => path !== 'server'), ...groups),
  integer({ min: 0, max: 4 }),
  nat(30),
  constantFrom(...'abcdefghijklmnopqrstuvwxyz'.split('')),
);

describe('an unknown option name', () => {
  it('is one error, which suggests the name that differs by one typing error', () => {
    let count = 0;
    assert(
      property(slips, ([path, kind, where, letter]) => {
        const names = path.split('.');
        const misspelled = slip(names.at(-1) ?? '', kind, where, letter);
        const wrong = [...names.slice(0, -1), misspelled].join('.');
        if (
          misspelled === '' ||
          wrong === path ||
          paths.some((other) => other !== path && differInOneLetter(wrong, other)) ||
          (known.has(wrong.toLowerCase()) && wrong.toLowerCase() !== path.toLowerCase())
        )
          return;
        count++;
        // The misspelled name replaces the correct one.
        const given = Object.fromEntries(Object.entries(NAMED).filter(([name]) => name !== path));
        const { problems } = readModuleOptions(
          { ...given, ...withValue(wrong, 'any value') },
          'default',
        );
        expect(problems).toEqual([
          `MCP020 McpModule.forRoot(): ${wrong} is not an option; did you mean \`${path}\`? Fix it in the options, or in what the factory of forRootAsync() returns.`,
        ]);
      }),
      { numRuns: 2_000 },
    );
    expect(count).toBeGreaterThan(1_500);
  });

  it.each([
    ['transports.see', 'transports.sse'],
    ['transports.sse.pth', 'transports.sse.path'],
    ['transports.http', undefined],
    ['cache.tll', 'cache.ttl'],
    ['limits.inflight', 'limits.inFlight'],
    ['limits.stream', 'limits.streams'],
    ['guard', 'guards'],
    ['sse', 'transports.sse'],
    ['sessionIdle', 'limits.sessionIdle'],
    ['colour', undefined],
    ['constructor', undefined],
    ['a'.repeat(10_000), undefined],
  ])('suggests an option only when one is similar: %s', (path, suggested) => {
    const given = { ...NAMED, ...withValue(path, 5) };
    const [problem = '', ...more] = readModuleOptions(given, 'default').problems;
    expect(more).toEqual([]);
    expect(problem).toContain('is not an option');
    expect(/did you mean `(.*)`\?/.exec(problem)?.[1]).toBe(suggested);
  });
});

describe('valid options', () => {
  const standards = Object.entries(MODULE_OPTIONS).filter(
    ([path, row]) =>
      row.default !== undefined &&
      path !== 'server' &&
      !path.startsWith('transports.sse.') &&
      !path.startsWith('transports.streamableHttp.'),
  );

  it('are accepted in any combination', () => {
    assert(
      property(nat(), (seed) => {
        const chosen = standards.filter((_, at) => (seed >> (at % 31)) % 2 === 0);
        const given: Record<string, unknown> = { ...NAMED };
        for (const [path, row] of chosen) {
          const [group = '', name] = path.split('.');
          if (name === undefined) given[group] = row.default;
          else given[group] = { ...(given[group] as object | undefined), [name]: row.default };
        }
        expect(readModuleOptions(given, 'default').problems).toEqual([]);
      }),
    );
  });
});
