import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

export interface FoundExpression {
  /** The file and line. */
  readonly place: string;
  /** Undefined when it is built at run time. */
  readonly expression: RegExp | undefined;
}

/** Every regular expression of the sources below a folder. */
export function expressionsIn(folder: string): FoundExpression[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.ts') && !/\.spec\.ts$|(?:^|\/)(?:dist|node_modules)\//.test(file),
    )
    .flatMap((file) => inFile(join(folder, file)));
}

function inFile(path: string): FoundExpression[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: FoundExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node) || makesExpression(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const place = `${relative(resolve('.'), path)}:${line + 1}`;
      found.push({ place, expression: expressionOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function makesExpression(node: ts.Node): boolean {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    node.expression.getText() === 'RegExp'
  );
}

function expressionOf(node: ts.Node): RegExp | undefined {
  if (!ts.isRegularExpressionLiteral(node)) return undefined;
  const end = node.text.lastIndexOf('/');
  return new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
}
