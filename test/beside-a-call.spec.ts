import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../libs/core/src');

const SOURCES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(?:spec|d)\.ts$/.test(file))
  .filter((file) => !file.startsWith('runtime'))
  .map((file) => join(ROOT, file))
  .map((file): [string, ts.SourceFile] => [
    relative(ROOT, file),
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
  ]);

/** They run by a timer of their own, or by a clock that somebody may set. */
const OF_THE_WHEEL =
  /\b(?:setTimeout|setInterval|Date\.now|AbortSignal\.timeout|clearTimeout|clearInterval|hrtime)\b/;

describe('what waits for a time in libs/core', () => {
  it.each(SOURCES)('%s has no timer, and no wall clock, of its own', (_, source) => {
    const code = nodesOf(source)
      .filter(ts.isIdentifier)
      .map((name) => name.parent.getText(source));
    expect(code.filter((text) => OF_THE_WHEEL.test(text))).toEqual([]);
  });
});

function nodesOf(node: ts.Node): ts.Node[] {
  return [node, ...node.getChildren().flatMap(nodesOf)];
}
