import { readFileSync } from 'node:fs';
import { BANNED_WORDS } from './fixtures/banned-words.js';

/** Between these two comments of a Markdown file nothing is looked for. */
const SKIPPED = /<!-- banned-words: off -->.*?<!-- banned-words: on -->/gs;
/** Code is not prose: names, commands and quoted messages are what they are. */
const CODE = /^ *```.*?^ *```|`[^`\n]+`|\]\([^)\n]*\)/gms;

/** `file:line: word: what to write instead`, for each banned word in the text. */
export function bannedWordsIn(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    BANNED_WORDS.flatMap(([pattern, instead]) => {
      const [word] = pattern.exec(line) ?? [];
      return word === undefined ? [] : [`${file}:${index + 1}: "${word}": write ${instead}`];
    }),
  );
}

/** The same for Markdown, whose code and skipped parts are left out. */
export function bannedWordsOfMarkdown(file: string, text: string): string[] {
  return bannedWordsIn(file, text.replace(SKIPPED, blank).replace(CODE, blank));
}

/** The same for files, Markdown or not. */
export function bannedWordsOf(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const find = file.endsWith('.md') ? bannedWordsOfMarkdown : bannedWordsIn;
    return find(file, readFileSync(file, 'utf8'));
  });
}

/** As many lines as before, so that the numbers of the others hold. */
function blank(text: string): string {
  return text.replace(/[^\n]+/g, '');
}
