import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../../libs/core/src');

/** From the lowest floor up: a folder imports only from folders below it. */
const FLOORS = [
  'interfaces',
  'messages',
  'addresses',
  'runtime',
  'protocol',
  'options',
  'backplane',
  'schema',
  'registry',
  'execution',
  'serialization',
  'discovery',
  'primitives',
  'session',
  'server',
  'features',
  'transports',
  'application',
];

const sources = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(root, file));

const CORE = sources(ROOT);
const ALL = [...CORE, ...sources(resolve(ROOT, '../../testing/src')), ...sources(resolve('src'))];

const short = (file: string) => relative(process.cwd(), file);
const folderOf = (file: string) => relative(ROOT, file).split(sep).slice(0, -1)[0];
const importsOf = (file: string) =>
  [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?:[^;'`]*? from)? '([^']+)';$/gm),
  ].map(([, target = '']) => target);

const targetOf = (file: string, to: string) => resolve(dirname(file), to.replace(/\.js$/, '.ts'));

/** What remains after removing, again and again, what imports nothing that remains: cycles, and what leads to them. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const left = new Map(graph);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [node, targets] of left)
      if (!targets.some((target) => left.has(target))) left.delete(node);
  }
  return left.size === 0 ? [] : [[...left.keys()]];
}

/** Names of tools that are those of the protocol, or of the public interface. */
const TOOL_NAMES: ReadonlySet<string> = new Set([
  'Tool',
  'ToolAnnotations',
  'ToolDefinition',
  'ToolResult',
  'CallToolResult',
  'notInTools',
  'tools/list',
  'tools/call',
  'tool',
  'tools',
  'getTool',
  '[OrderTools]',
]);

/** The identifiers and strings of a file, without what it imports from. */
function namesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const isName = ts.isIdentifier(node) || ts.isStringLiteralLike(node);
    if (isName && !ts.isImportDeclaration(node.parent)) names.push(node.text);
    node.forEachChild(visit);
  };
  visit(source);
  return names;
}

describe('the structure of libs/core', () => {
  it.each(CORE.filter((file) => folderOf(file) !== undefined).map((file) => [short(file), file]))(
    '%s imports only from floors below its own',
    (_, file) => {
      const floor = FLOORS.indexOf(folderOf(file) ?? '');
      expect(floor).not.toBe(-1);
      for (const target of importsOf(file).filter((name) => name.startsWith('.'))) {
        const to = folderOf(resolve(dirname(file), target));
        expect(FLOORS.slice(0, floor + 1)).toContain(to);
      }
    },
  );

  it('has no files that import each other in a circle, types included', () => {
    const graph = new Map(
      CORE.map((file) => [file, importsOf(file).map((to) => targetOf(file, to))]),
    );
    expect(circlesIn(graph).map((files) => files.map(short))).toEqual([]);
  });

  it('has no folders that import each other, on any floor', () => {
    const folders = new Map<string, string[]>();
    // A list of providers names every folder of its floor.
    for (const file of CORE.filter((name) => !name.endsWith('.providers.ts'))) {
      const from = dirname(file);
      const to = importsOf(file).map((name) => dirname(targetOf(file, name)));
      folders.set(from, [...(folders.get(from) ?? []), ...to.filter((other) => other !== from)]);
    }
    folders.delete(ROOT);
    expect(circlesIn(folders).map((them) => them.map(short))).toEqual([]);
  });

  it.each(
    [...new Set(CORE.map((file) => dirname(file)))].map((folder) => [
      short(folder),
      CORE.filter((file) => dirname(file) === folder).length,
    ]),
  )('%s has few enough entries to read at a glance: %d files', (_, count) => {
    expect(count).toBeLessThanOrEqual(20);
  });

  it.each(
    CORE.filter((file) =>
      FLOORS.slice(0, FLOORS.indexOf('features')).includes(folderOf(file) ?? ''),
    )
      .filter((file) => folderOf(file) !== 'messages')
      .map((file) => [short(file), file]),
  )('%s knows no kind of primitive, only the protocol types of tools', (_, file) => {
    expect(
      namesIn(file).filter((name) => /tool(?!arge)/i.test(name) && !TOOL_NAMES.has(name)),
    ).toEqual([]);
  });

  it.each([
    'service',
    'registry',
    'controller',
    'guard',
    'filter',
    'interceptor',
    'factory',
    'explorer',
  ])('has the role %s in the name of a file exactly when its class has that role', (role) => {
    const suffix = new RegExp(`^ *(?:export )?class \\w+${role}\\b`, 'im');
    const withClass = CORE.filter((file) => suffix.test(readFileSync(file, 'utf8')));
    const withName = CORE.filter((file) => file.endsWith(`.${role}.ts`));
    expect(withName).not.toEqual([]);
    expect(withName.map(short)).toEqual(withClass.map(short));
  });

  it('names the official SDK in one file, and only its types', () => {
    const naming = CORE.filter((file) =>
      importsOf(file).some((target) => target.startsWith('@modelcontextprotocol/')),
    );
    expect(naming.map(short)).toEqual(['libs/core/src/protocol/sdk.ts']);
    expect(readFileSync(naming[0] ?? '', 'utf8')).not.toMatch(/^(?:import|export) \{/m);
  });

  it('asks guards in one file, so that all verdicts are read alike', () => {
    const asking = CORE.filter((file) => /\.canActivate\(/.test(readFileSync(file, 'utf8')));
    expect(asking.map(short)).toEqual(['libs/core/src/execution/guards/guard-verdict.ts']);
  });

  it('depends only on the SDK types at run time, besides its peers', () => {
    const manifest = JSON.parse(readFileSync(resolve(ROOT, '../package.json'), 'utf8')) as {
      dependencies: object;
      peerDependencies: object;
    };
    const known = [
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
    ];
    const used = CORE.flatMap(importsOf).filter((name) => !/^(?:\.|node:)/.test(name));
    for (const name of used) expect(known).toContain(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  });
});

describe('the source files', () => {
  const lines = new Map(
    ALL.map((file) => [
      short(file),
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '').length,
    ]),
  );

  it.each([...lines])('%s has at most 300 lines', (_, count) => {
    expect(count).toBeLessThanOrEqual(300);
  });

  it.each(ALL.map((file) => [short(file), file]))(
    '%s does not bypass the type system',
    (_, file) => {
      const text = readFileSync(file, 'utf8');
      expect(text).not.toMatch(
        /@ts-(?:ignore|expect-error|nocheck)|\bas unknown as\b|: any\b|<any>/,
      );
      expect(text).not.toMatch(/\b(?:TODO|FIXME|XXX)\b/);
    },
  );
});
