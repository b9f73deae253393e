import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { BANNED_WORDS } from './fixtures/banned-words.js';
import { titleOf } from './test-titles.js';

/** Text between these two comments of a Markdown file is not checked. */
const SKIPPED = /<!-- banned-words: off -->.*?<!-- banned-words: on -->/gs;
/** Code is not prose: names, commands and quoted messages are exempt. */
const CODE = /^ *```.*?^ *```|`[^`\n]+`|\]\([^)\n]*\)/gms;

/** Where a word of a name ends and the next one begins: `isOpen`, `JSONText`, `MOST_BYTES`. */
const BETWEEN_WORDS = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_/g;

/** `file:line: word: what to write instead`, for each banned word in the text. */
export function bannedWordsIn(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    BANNED_WORDS.flatMap(([pattern, instead]) => {
      const [word] = pattern.exec(line) ?? [];
      return word === undefined ? [] : [`${file}:${index + 1}: "${word}": write ${instead}`];
    }),
  );
}

/** The same for Markdown, without code and skipped parts. */
export function bannedWordsOfMarkdown(file: string, text: string): string[] {
  return bannedWordsIn(file, text.replace(SKIPPED, blank).replace(CODE, blank));
}

/** The same for a test file: only its comments, and the titles of its tests. */
export function bannedWordsOfTest(file: string, text: string): string[] {
  const prose = commentsAnd(file, text, (token, isInTitle) => (isInTitle ? token.getText() : ''));
  return bannedWordsIn(file, prose);
}

/** The same for a source file: its comments, its strings, and the words of its names. */
export function bannedWordsOfSource(file: string, text: string): string[] {
  const prose = commentsAnd(file, text, (token) => {
    if (ts.isIdentifier(token) || ts.isPrivateIdentifier(token))
      return token.text.replace(BETWEEN_WORDS, ' ');
    return isString(token) ? token.getText() : '';
  });
  return bannedWordsIn(file, prose);
}

/** The same for files, Markdown or not. */
export function bannedWordsOf(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const find = file.endsWith('.md') ? bannedWordsOfMarkdown : bannedWordsIn;
    return find(file, readFileSync(file, 'utf8'));
  });
}

/**
 * The comments of a file, and what `proseOf` returns for each token, on the lines where they are.
 * @param proseOf also receives whether the token is part of the title of a test
 */
function commentsAnd(
  file: string,
  text: string,
  proseOf: (token: ts.Node, isInTitle: boolean) => string,
): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  let prose = '';
  const visit = (node: ts.Node, isInTitle: boolean): void => {
    const isTitle = isInTitle || titleOf(node.parent) === node;
    // A docstring is a child of what it documents, and also precedes the first token of that.
    const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child));
    if (children.length === 0) {
      const start = node.getStart(source);
      prose += text.slice(node.pos, start);
      prose += proseOf(node, isTitle) || blank(text.slice(start, node.end));
    }
    for (const child of children) visit(child, isTitle);
  };
  for (const child of source.getChildren(source)) visit(child, false);
  return prose;
}

function isString(token: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(token) ||
    ts.isTemplateHead(token) ||
    ts.isTemplateMiddleOrTemplateTail(token)
  );
}

/** Keeps the number of lines, so that line numbers remain valid. */
function blank(text: string): string {
  return text.replace(/[^\n]+/g, '');
}
