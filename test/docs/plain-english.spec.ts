import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bannedWordsIn, bannedWordsOf, bannedWordsOfMarkdown } from '../support/plain-english.js';

/** Written by a script, from test/requirements/. Beside the requirements it has titles of tests. */
const GENERATED = join('docs', 'reference', 'requirements.md');

const documents = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file))
  .filter((file) => file !== GENERATED)
  .concat('README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'test/README.md')
  .concat('libs/core/README.md', 'libs/testing/README.md');

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
});
