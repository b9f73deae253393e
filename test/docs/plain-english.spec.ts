import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bannedWordsIn,
  bannedWordsOf,
  bannedWordsOfMarkdown,
  bannedWordsOfSource,
  bannedWordsOfTest,
} from '../support/plain-english.js';

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const documents = filesIn('docs', /\.md$/)
  .concat('README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'test/README.md')
  .concat('libs/core/README.md', 'libs/testing/README.md');

const tests = filesIn('test', /\.[cm]?[jt]s$/).concat(
  filesIn('libs', /\.spec\.ts$/),
  filesIn('src', /\.spec\.ts$/),
);

const sources = ['libs/core/src', 'libs/testing/src', 'src']
  .flatMap((folder) => filesIn(folder, /\.[jt]s$/))
  .filter((file) => !file.endsWith('.spec.ts'));

describe('the documentation', () => {
  it.each(documents)('is in plain English: %s', (document) => {
    expect(bannedWordsOf([document])).toEqual([]);
  });
});

describe('the requirements', () => {
  it.each(readdirSync('test/requirements'))('are in plain English: %s', (file) => {
    const { requirements } = JSON.parse(readFileSync(join('test/requirements', file), 'utf8')) as {
      requirements: readonly { number: number; text: string }[];
    };
    const found = requirements.flatMap(({ number, text }) =>
      bannedWordsIn(`requirement ${number}`, text),
    );
    expect(found).toEqual([]);
  });
});

describe('titles and comments of tests', () => {
  it.each(tests)('are in plain English: %s', (file) => {
    expect(bannedWordsOfTest(file, readFileSync(file, 'utf8'))).toEqual([]);
  });
});

describe('comments, strings and names of the source', () => {
  it.each(sources)('are in plain English: %s', (file) => {
    expect(bannedWordsOfSource(file, readFileSync(file, 'utf8'))).toEqual([]);
  });
});

describe('the search for banned words', () => {
  it('names file, line, word, and what to write', () => {
    expect(bannedWordsIn('a.ts', 'one\nMended, by whoever.\n')).toEqual([
      'a.ts:2: "Mended": write fix',
      'a.ts:2: "whoever": write the client, the caller, anyone who',
    ]);
  });

  it('looks for whole words', () => {
    expect(bannedWordsIn('a.ts', 'amendment, legal, operas, recommended')).toEqual([]);
  });

  it('leaves out code and what is marked in Markdown, and counts its lines', () => {
    const text = [
      '`mend` and [a page](how-to-mend.md)',
      '```sh',
      'run --era modern',
      '```',
      '<!-- banned-words: off -->',
      'mend',
      '<!-- banned-words: on -->',
      'mend',
    ];
    expect(bannedWordsOfMarkdown('a.md', text.join('\n'))).toEqual(['a.md:8: "mend": write fix']);
  });

  it('checks titles and comments of a test file, and no other code', () => {
    const text = [
      '/** A leg. */',
      "const mend = 'mend';",
      "it.each(['mend'])(",
      "  'mend %s',",
      "  () => run('mend'), // told",
      ');',
      'describe(`mend ${mend} mended`, () => {',
      "  test('heed', /mend/);",
      '});',
      '/** In silence. */',
    ];
    expect(bannedWordsOfTest('a.ts', text.join('\n'))).toEqual([
      'a.ts:1: "leg": write session revision, stateless revision',
      'a.ts:4: "mend": write fix',
      'a.ts:5: "told": write notified, informed, sent',
      'a.ts:7: "mend": write fix',
      'a.ts:8: "heed": write react to',
      'a.ts:10: "In silence": write silently',
    ]);
  });

  it('checks comments, strings and names of a source file, and no other code', () => {
    const text = [
      '/** A leg. */',
      'class Told {',
      '  #hearsOf = /mend/;',
      '  reTell(untold: string): void {',
      "    log('one', `two ${this.nobody} mended`);",
      '    log(`heed',
      '      ${untold.MOST_LEGS} hurry`); // told',
      '  }',
      '}',
      "export type { HTTPEra } from './modern.js';",
    ];
    expect(bannedWordsOfSource('a.ts', text.join('\n'))).toEqual([
      'a.ts:1: "leg": write session revision, stateless revision',
      'a.ts:2: "Told": write notified, informed, sent',
      'a.ts:3: "hears": write is notified of',
      'a.ts:5: "mended": write fix',
      'a.ts:5: "nobody": write the client, the caller, no one, anyone',
      'a.ts:6: "heed": write react to',
      'a.ts:7: "LEGS": write session revision, stateless revision',
      'a.ts:7: "told": write notified, informed, sent',
      'a.ts:7: "hurry": write shut down',
      'a.ts:10: "Era": write revision',
      'a.ts:10: "modern": write stateless revision',
    ]);
  });
});
