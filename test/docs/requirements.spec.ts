import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import type { NotYet } from '../conformance/verdict.js';
import { titlesOf } from '../support/test-titles.js';

interface Proof {
  readonly test?: string;
  readonly name?: string;
  readonly scenario?: string;
  readonly check?: string;
  readonly document?: string;
}

interface Requirement {
  readonly number: number;
  readonly text: string;
  readonly held: readonly Proof[];
  readonly comes?: string;
}

const FOLDER = 'test/requirements';
const read = (file: string): string => readFileSync(file, 'utf8');

const requirements = readdirSync(FOLDER)
  .toSorted()
  .flatMap(
    (file) =>
      (JSON.parse(read(`${FOLDER}/${file}`)) as { requirements: readonly Requirement[] })
        .requirements,
  );
const proofs = requirements.flatMap(({ number, held }) =>
  held.map((proof) => ({ number, ...proof })),
);

describe('the list of requirements', () => {
  it('has each of the 190 once, in order', () => {
    expect(requirements.map(({ number }) => number)).toEqual(
      Array.from({ length: 190 }, (_, index) => index + 1),
    );
  });

  it('says for each what checks it, or what will add it', () => {
    const unmapped = requirements.filter(
      ({ held, comes = '' }) => held.length === 0 && comes === '',
    );
    expect(unmapped).toEqual([]);
  });

  it('matches the documentation', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['scripts/requirements.mjs', '--check'],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('a named test', () => {
  const named = proofs.flatMap(({ number, test, name }) =>
    test === undefined ? [] : ([[number, test, name ?? '']] as const),
  );

  it.each(named)('for requirement %i is in %s: %s', (_, test, name) => {
    const found = titlesOf(ts.createSourceFile(test, read(test), ts.ScriptTarget.Latest)).filter(
      (title) => title === name || title.endsWith(` › ${name}`),
    );
    expect(found).toHaveLength(1);
  });
});

describe('a named scenario', () => {
  const suites = ['conformance-stable', 'conformance-next'].map((name) =>
    read(`node_modules/${name}/dist/index.js`),
  );
  const notYet = JSON.parse(read('test/conformance/not-yet.json')) as NotYet;
  const excused = new Map(Object.values(notYet).flatMap((scenarios) => Object.entries(scenarios)));
  const named = proofs.flatMap(({ number, scenario, check }) =>
    scenario === undefined ? [] : ([[number, scenario, check]] as const),
  );

  it.each(named)('for requirement %i is in a suite, and runs: %s, %s', (_, scenario, check) => {
    const [suite] = suites.filter((text) => text.includes(`this.name=\`${scenario}\``));
    expect(suite).toBeDefined();
    expect(excused.get(scenario)).not.toBe('all');
    if (check === undefined) return;
    expect(excused.get(scenario) ?? []).not.toContain(check);
    expect(suites.join('\n')).toContain(check);
  });
});

it.each(proofs.flatMap(({ document }) => (document === undefined ? [] : [document])))(
  'the document %s exists',
  (document) => {
    expect(existsSync(document.replace(/#.*$/, ''))).toBe(true);
  },
);
