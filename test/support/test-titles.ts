import ts from 'typescript';

/** The titles of a file's tests as they are written, each after those of its describe blocks: `a queue › is empty`. */
export function titlesOf(file: ts.SourceFile): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node, outer: readonly string[]): void => {
    const title = titleOf(node);
    const path =
      title !== undefined && ts.isStringLiteralLike(title) ? [...outer, title.text] : outer;
    if (path !== outer && kindOf(node) === 'it') titles.push(path.join(' › '));
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(file, []);
  return titles;
}

/** The title in a call of `describe`, `it` or `test`, or of their `each`; undefined for any other node. */
export function titleOf(node: ts.Node): ts.StringLiteralLike | ts.TemplateExpression | undefined {
  if (!ts.isCallExpression(node) || kindOf(node.expression) === undefined) return undefined;
  const [title] = node.arguments;
  return title !== undefined && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))
    ? title
    : undefined;
}

/** The kind of `it`, `it.each([…])` and `describe.each`: the identifier that they begin with. */
function kindOf(node: ts.Node): 'it' | 'describe' | undefined {
  if (ts.isIdentifier(node)) {
    if (node.text === 'describe') return 'describe';
    return node.text === 'it' || node.text === 'test' ? 'it' : undefined;
  }
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node))
    return kindOf(node.expression);
  return undefined;
}
