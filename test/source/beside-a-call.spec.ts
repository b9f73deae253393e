import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../../libs/core/src');

const SOURCES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(?:spec|d)\.ts$/.test(file))
  .filter((file) => !file.startsWith('runtime'))
  .map((file) => join(ROOT, file))
  .map((file): [string, ts.SourceFile] => [
    relative(ROOT, file),
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
  ]);

/** They run by a timer of their own, or by a clock that can be set. */
const OF_THE_WHEEL =
  /\b(?:setTimeout|setInterval|Date\.now|AbortSignal\.timeout|clearTimeout|clearInterval|hrtime)\b/;

describe('code that waits for a time in libs/core', () => {
  it.each(SOURCES)('%s has no timer and no wall clock of its own', (_, source) => {
    const code = nodesOf(source)
      .filter(ts.isIdentifier)
      .map((name) => name.parent.getText(source));
    expect(code.filter((text) => OF_THE_WHEEL.test(text))).toEqual([]);
  });
});

const LISTENING: ReadonlySet<string> = new Set([
  'on',
  'once',
  'addListener',
  'prependListener',
  'prependOnceListener',
  'addEventListener',
]);

const LATER: ReadonlySet<string> = new Set(['setImmediate', 'queueMicrotask', 'nextTick']);

describe('code that runs from an event, or in another turn, in libs/core', () => {
  it.each(SOURCES)('%s passes through guarded()', (_, source) => {
    const calls = nodesOf(source).filter(ts.isCallExpression);
    const run = calls.flatMap((call) => {
      const name = nameOf(call.expression);
      if (LISTENING.has(name) && isEvent(call.arguments[0])) return [call.arguments[1]];
      return LATER.has(name) && call.arguments.length > 0 ? [call.arguments[0]] : [];
    });
    const open = run.filter((listener) => !isGuarded(listener, source));
    expect(open.map((listener) => listener?.parent.getText(source))).toEqual([]);
  });

  it.each(SOURCES)('%s leaves no promise unhandled', (_, source) => {
    const left = nodesOf(source)
      .filter(ts.isExpressionStatement)
      .filter(({ expression }) => ts.isVoidExpression(expression));
    expect(left.map((statement) => statement.getText(source))).toEqual([]);
  });
});

/** The names of events. Other methods with these names take a different argument. */
function isEvent(argument: ts.Expression | undefined): boolean {
  return (
    argument !== undefined &&
    (ts.isStringLiteral(argument) || /^(?:event|signal)$/.test(argument.getText()))
  );
}

function isGuarded(listener: ts.Expression | undefined, source: ts.SourceFile): boolean {
  if (listener === undefined) return false;
  if (ts.isCallExpression(listener)) return nameOf(listener.expression) === 'guarded';
  const made = nodesOf(source).filter(
    (node) =>
      (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) &&
      node.name.getText(source) === nameOf(listener) &&
      isMadeGuarded(node.initializer),
  );
  const set = nodesOf(source).filter(
    (node) =>
      ts.isBinaryExpression(node) &&
      node.left.getText(source) === nameOf(listener) &&
      isMadeGuarded(node.right),
  );
  return made.length + set.length > 0;
}

function isMadeGuarded(made: ts.Expression | undefined): boolean {
  return made !== undefined && ts.isCallExpression(made) && nameOf(made.expression) === 'guarded';
}

function nameOf(expression: ts.Expression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

function nodesOf(node: ts.Node): ts.Node[] {
  return [node, ...node.getChildren().flatMap(nodesOf)];
}
