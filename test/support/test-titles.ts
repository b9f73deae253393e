import ts from 'typescript';

/** The titles of a file's tests as they are written, each after those of its describe blocks: `a queue › is empty`. */
export function titlesOf(file: ts.SourceFile): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node, outer: readonly string[]): void => {
    const kind = ts.isCallExpression(node) ? kindOf(node.expression) : undefined;
    const title = kind === undefined ? undefined : titleOf(node as ts.CallExpression);
    const path = title === undefined ? outer : [...outer, title];
    if (title !== undefined && kind === 'it') titles.push(path.join(' › '));
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(file, []);
  return titles;
}

/** The kind of `it`, `it.each([…])` and `describe.each`: the identifier that they begin with. */
function kindOf(node: ts.Expression): 'it' | 'describe' | undefined {
  if (ts.isIdentifier(node))
    return node.text === 'it' || node.text === 'describe' ? node.text : undefined;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node))
    return kindOf(node.expression);
  return undefined;
}

/** The first argument when it is a string; undefined for that of `each([…])`. */
function titleOf({ arguments: [title] }: ts.CallExpression): string | undefined {
  return title !== undefined && ts.isStringLiteralLike(title) ? title.text : undefined;
}
